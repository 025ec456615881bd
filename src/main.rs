use proviso::source::*;
use proviso::clause::*;
fn main(){ let a:Vec<String>=std::env::args().skip(1).collect(); let p=a.last().unwrap(); let b=std::fs::read(p).unwrap();
 let f=Format::from_extension(p.rsplit('.').next().unwrap()).unwrap();
 match read(&b,f,&Limits::default()) { Err(e)=>{eprintln!("{p}: {e}");std::process::exit(2)}, Ok(s)=>{ let c=project(&s,View::Accepted);
  let cut=|s:&str,n:usize|s.chars().take(n).collect::<String>().replace('\n',"⏎");
  match a[0].as_str() { "text"=>println!("{}",c.text),
   "blocks"=>for b in &c.blocks { println!("{:?} L{:?} list{:?} lvl{:?} d{} i{} lead{} {}| {}", b.place,b.label,b.list,b.level,b.depth,b.indent,b.lead,if b.emphasis{"E"}else{""}, cut(b.span.of(&c.text),110)); },
   _=>{ let t=ClauseTree::new(&c); for (i,cl) in t.clauses.iter().enumerate(){ println!("{}{} [{}] {:?} «{}»","  ".repeat(cl.depth as usize),cl.label,cl.path,cl.kind,cl.heading.map(|h|cut(h.of(&c.text),70)).unwrap_or_default()); for p in t.paragraphs.iter().filter(|p|p.clause as usize==i){ println!("{}   - {}{}","  ".repeat(cl.depth as usize),if p.item{"*"}else{""},cut(p.span.of(&c.text),90)); }
      if a[0]=="units" { for u in t.units.iter().filter(|u|u.clause as usize==i) { println!("     U {:?} {:?} | {}", u.part, u.leads.iter().map(|l|cut(l.of(&c.text),60)).collect::<Vec<_>>(), cut(u.own.of(&c.text),60)); } } } } } } } }
