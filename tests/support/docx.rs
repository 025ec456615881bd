//! Word packages with a body of one feature each, and how they are read.

use proviso::source::{Contract, Format, Limits, Place, View, project, read};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram""#;

/// A package under construction.
pub struct Package {
    pub entries: Vec<(String, Vec<u8>)>,
    pub relationships: String,
}

impl Package {
    /// With the body of the main part.
    pub fn new(body: &str) -> Self {
        Self::with_main("word/document.xml", root("document", &format!("<w:body>{body}</w:body>")).into_bytes())
    }

    pub fn with_main(name: &str, bytes: Vec<u8>) -> Self {
        let rels = relationships(&relationship("rId1", "officeDocument", name));
        let entries = vec![("_rels/.rels".to_string(), rels.into_bytes()), (name.to_string(), bytes)];
        Self { entries, relationships: String::new() }
    }

    /// Adds a part that the main part has a relationship of this kind to; its id is the kind and the count of parts.
    pub fn part(mut self, kind: &str, name: &str, content: &str) -> Self {
        let id = format!("{kind}{}", self.entries.len());
        self.relationships.push_str(&relationship(&id, kind, name));
        self.entries.push((format!("word/{name}"), content.as_bytes().to_vec()));
        self
    }

    /// Adds a relationship that leads out of the package.
    pub fn external(mut self, id: &str, kind: &str, target: &str) -> Self {
        let out = relationship(id, kind, target).replace("/>", " TargetMode=\"External\"/>");
        self.relationships.push_str(&out);
        self
    }

    /// Adds a part of bytes, as `part` does.
    pub fn binary(mut self, kind: &str, name: &str, content: Vec<u8>) -> Self {
        self = self.part(kind, name, "");
        self.entries.last_mut().unwrap().1 = content;
        self
    }

    pub fn entry(mut self, name: &str, content: &str) -> Self {
        self.entries.push((name.to_string(), content.as_bytes().to_vec()));
        self
    }

    pub fn bytes(mut self) -> Vec<u8> {
        if !self.relationships.is_empty() {
            let rels = relationships(&self.relationships).into_bytes();
            self.entries.push(("word/_rels/document.xml.rels".into(), rels));
        }
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.entries {
            zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    pub fn view(self, view: View) -> Contract {
        project(&read(&self.bytes(), Format::Docx, &Limits::default()).unwrap(), view)
    }

    pub fn accepted(self) -> Contract {
        self.view(View::Accepted)
    }

    /// The texts of both views: accepted, original.
    pub fn both(self) -> (Contract, Contract) {
        let source = read(&self.bytes(), Format::Docx, &Limits::default()).unwrap();
        (project(&source, View::Accepted), project(&source, View::Original))
    }
}

pub fn relationship(id: &str, kind: &str, target: &str) -> String {
    format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
}

pub fn relationships(inside: &str) -> String {
    let uri = "http://schemas.openxmlformats.org/package/2006/relationships";
    format!(r#"<Relationships xmlns="{uri}">{inside}</Relationships>"#)
}

pub fn root(name: &str, inside: &str) -> String {
    format!("<w:{name} {NAMESPACES}>{inside}</w:{name}>")
}

/// A paragraph of one run.
pub fn p(text: &str) -> String {
    format!("<w:p>{}</w:p>", r(text))
}

pub fn r(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

/// The text of a body.
pub fn text(body: &str) -> String {
    Package::new(body).accepted().text
}

pub fn places(contract: &Contract) -> Vec<(Place, &str)> {
    contract.blocks.iter().map(|b| (b.place, b.span.of(&contract.text))).collect()
}

pub fn labels(contract: &Contract) -> Vec<String> {
    let shown =
        |b: &proviso::source::Block| format!("{} {}", b.label.as_deref().unwrap_or("-"), b.span.of(&contract.text));
    contract.blocks.iter().map(shown).collect()
}

pub fn noted(contract: &Contract, words: &str) -> bool {
    contract.notes.iter().any(|n| n.contains(words))
}

pub fn control(properties: &str, content: &str) -> String {
    format!("<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>")
}

pub fn field(instruction: &str, data: &str, result: &str) -> String {
    format!(
        r#"<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r><w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>"#
    )
}
