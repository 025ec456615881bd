//! Tables: where a cell stands, and rows and cells that tracked changes insert or delete.

use super::super::xml::Element;
use super::Walker;

/// An open table.
pub(super) struct Table {
    pub(super) id: u32,
    pub(super) row: u16,
    pub(super) column: u16,
    pub(super) head: bool,
    pub(super) cells: bool,
    span: u16,
    /// How many insertions and deletions were open before the row and before the cell.
    row_base: (usize, usize),
    cell_base: (usize, usize),
}

impl Walker<'_, '_> {
    pub(super) fn open_table(&mut self, e: &Element) {
        let base = (self.inserted.len(), self.deleted.len());
        if e.name == "tbl" {
            self.close_stray(e.at);
            self.gathered.tables += 1;
            self.tables.push(Table {
                id: self.gathered.tables,
                row: 0,
                column: 0,
                head: false,
                cells: false,
                span: 1,
                row_base: base,
                cell_base: base,
            });
            return;
        }
        if matches!(e.name, "cellIns" | "cellDel") {
            let change = self.revision(e);
            let changes = if e.name == "cellIns" { &mut self.inserted } else { &mut self.deleted };
            changes.push(change);
            return;
        }
        let count = |least: u16| e.number().and_then(|n| u16::try_from(n).ok()).unwrap_or(least).max(least);
        let Some(table) = self.tables.last_mut() else { return };
        match e.name {
            "tr" => {
                (table.column, table.cells, table.head) = (0, false, false);
                table.row_base = base;
            }
            "trPr" => self.at.row_properties = true,
            "tblHeader" => table.head = e.is_on(),
            // Columns that the row leaves free at its start (17.4.15).
            "gridBefore" => table.column = count(0),
            "tc" => {
                table.span = 1;
                table.cells = true;
                table.cell_base = base;
            }
            "gridSpan" => table.span = count(1),
            _ => {}
        }
    }

    pub(super) fn close_table(&mut self, name: &str, end: usize) {
        if name == "trPr" {
            self.at.row_properties = false;
            return;
        }
        if name == "tc" {
            self.close_stray(end);
        }
        let Some(table) = self.tables.last_mut() else { return };
        let base = match name {
            "tc" => {
                table.column = table.column.saturating_add(table.span);
                table.cell_base
            }
            "tr" => {
                table.row = table.row.saturating_add(1);
                table.row_base
            }
            _ => {
                self.tables.pop();
                return;
            }
        };
        self.inserted.truncate(base.0);
        self.deleted.truncate(base.1);
    }
}
