//! tantivy, in memory: every word as a prefix, exact words first; with too few found, with an error.

use anyhow::Context as _;
use hookflash_bench_directory::population::Person;
use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, WhitespaceTokenizer};
use tantivy::{Index, IndexReader, IndexSettings, IndexWriter, Term, doc};

use super::{Peer, append, searchable};
use crate::run::FOUND;

pub(super) struct Tantivy {
    reader: IndexReader,
    name: Field,
}

pub(super) fn build(people: &[Person]) -> anyhow::Result<(Tantivy, f64)> {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default().set_tokenizer("words").set_fieldnorms(false);
    let indexing = indexing.set_index_option(IndexRecordOption::Basic);
    let name = schema.add_text_field("name", TextOptions::default().set_indexing_options(indexing));
    let number = schema.add_u64_field("number", FAST);
    let directory = RamDirectory::create();
    let index = Index::create(directory.clone(), schema.build(), IndexSettings::default())?;
    index.tokenizers().register("words", TextAnalyzer::from(WhitespaceTokenizer::default()));
    let mut writer: IndexWriter = index.writer_with_num_threads(2, 400_000_000)?;
    for (place, person) in people.iter().enumerate() {
        writer.add_document(doc!(name => searchable(person), number => place as u64))?;
    }
    writer.commit()?;
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.garbage_collect_files().wait()?;
    let mb = directory.total_mem_usage() as f64 / 1e6;
    writer.wait_merging_threads()?;
    Ok((Tantivy { reader: index.reader()?, name }, mb))
}

impl Peer for Tantivy {
    fn find(&mut self, words: &[String]) -> anyhow::Result<Vec<usize>> {
        let mut found = Vec::new();
        if words.is_empty() {
            return Ok(found);
        }
        append(&mut found, self.search(words, false)?);
        if found.len() < FOUND && words.iter().any(|word| word.chars().count() >= 4) {
            append(&mut found, self.search(words, true)?);
        }
        Ok(found)
    }
}

impl Tantivy {
    fn search(&self, words: &[String], typos: bool) -> anyhow::Result<Vec<usize>> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for word in words {
            let term = Term::from_field_text(self.name, word);
            let distance = u8::from(typos && word.chars().count() >= 4);
            let prefix = FuzzyTermQuery::new_prefix(term.clone(), distance, true);
            clauses.push((Occur::Must, Box::new(prefix)));
            clauses.push((Occur::Should, Box::new(TermQuery::new(term.clone(), IndexRecordOption::Basic))));
            if distance > 0 {
                let whole = FuzzyTermQuery::new(term, distance, true);
                clauses.push((Occur::Should, Box::new(whole)));
            }
        }
        let searcher = self.reader.searcher();
        let top =
            searcher.search(&BooleanQuery::new(clauses), &TopDocs::with_limit(FOUND).order_by_score())?;
        top.into_iter()
            .map(|(_, address)| {
                let numbers = searcher.segment_reader(address.segment_ord).fast_fields().u64("number")?;
                Ok(numbers.first(address.doc_id).context("a number")? as usize)
            })
            .collect()
    }
}
