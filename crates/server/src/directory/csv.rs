//! A CSV file as a source: a header row, then one person a row.
//!
//! Columns come in any order and under the names of [`COLUMNS`], or `chat:` with the id of a network. Text is UTF-8,
//! with or without a byte order mark, UTF-16 with one, or Windows-1252, of which Latin-1 is a part; fields are parted by
//! commas, semicolons or tabulators, whichever the header has most of.

use super::addresses::Addresses;
use super::record::{Refusal, RefusalReason, SourceRecord, Told};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use hookflash_domain::{NetworkId, PersonId};
use std::borrow::Cow;

/// Most columns of a file.
const MOST_COLUMNS: usize = 200;

/// A column's field, and the names under which it is known; case and blanks do not count.
const COLUMNS: [(Column, &[&str]); 13] = [
    (Column::Key, &["key", "id", "personnel number", "personalnummer", "kennung"]),
    (Column::Name, &["name", "display name", "full name", "anzeigename"]),
    (Column::Given, &["given name", "first name", "vorname"]),
    (Column::Family, &["family name", "last name", "surname", "nachname"]),
    (Column::Company, &["company", "organisation", "organization", "firma"]),
    (Column::Department, &["department", "abteilung"]),
    (Column::Title, &["title", "job title", "position", "funktion"]),
    (Column::Location, &["location", "office", "site", "standort", "büro"]),
    (Column::Email, &["email", "e-mail", "mail", "email address", "e-mail-adresse"]),
    (Column::Phone, &["phone", "telephone", "telefon"]),
    (Column::Mobile, &["mobile", "mobile phone", "mobil", "handy"]),
    (Column::OtherPhone, &["other phone", "extension", "durchwahl"]),
    (Column::Skills, &["skills", "topics", "kenntnisse", "themen"]),
];

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Column {
    Key,
    Name,
    Given,
    Family,
    Company,
    Department,
    Title,
    Location,
    Email,
    Phone,
    Mobile,
    OtherPhone,
    Skills,
    /// An address on a chat network.
    Chat(NetworkId),
}

/// Why a file is not read at all. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotRead {
    /// There is no header row, or nothing below it.
    #[error("The file is empty: it needs a row with the columns' names, and a row for each person.")]
    Empty,
    /// No column has the name.
    #[error("The column name (or given name, family name) is missing.")]
    MissingName,
    /// No column tells people apart.
    #[error("The column key (or email) is missing.")]
    MissingKey,
    /// A column is there twice.
    #[error("The column {0:?} is there twice.")]
    ColumnTwice(String),
    /// A column is for a chat network that is not configured.
    #[error("There is no chat network {0:?}, which a column is for.")]
    UnknownNetwork(String),
    /// The header cannot be read.
    #[error("The row with the columns' names cannot be read: {0}.")]
    Unreadable(String),
}

impl NotRead {
    /// Its stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty_file",
            Self::MissingName => "missing_name_column",
            Self::MissingKey => "missing_key_column",
            Self::ColumnTwice(_) => "column_twice",
            Self::UnknownNetwork(_) => "unknown_network_column",
            Self::Unreadable(_) => "unreadable_file",
        }
    }

    /// The column that it is about.
    #[must_use]
    pub fn column(&self) -> Option<&str> {
        match self {
            Self::ColumnTwice(column) | Self::UnknownNetwork(column) => Some(column),
            Self::Empty | Self::MissingName | Self::MissingKey | Self::Unreadable(_) => None,
        }
    }
}

/// A file whose header was read.
#[derive(Debug)]
pub struct CsvFile {
    text: String,
    delimiter: u8,
    columns: Vec<Option<Column>>,
    addresses: Addresses,
}

impl CsvFile {
    /// Looks at the header of a file.
    ///
    /// # Errors
    /// It is not read at all.
    pub fn open(bytes: &[u8], addresses: Addresses) -> Result<Self, NotRead> {
        let text = decoded(bytes).into_owned();
        let header = text.lines().next().unwrap_or_default();
        let delimiter = delimiter(header);
        let mut reader = reader(&text, delimiter);
        let names = reader.headers().map_err(|error| NotRead::Unreadable(error.to_string()))?.clone();
        if names.iter().all(|name| name.trim().is_empty()) || text[header.len()..].trim().is_empty() {
            return Err(NotRead::Empty);
        }
        if names.len() > MOST_COLUMNS {
            return Err(NotRead::Unreadable(format!("there are more than {MOST_COLUMNS} columns")));
        }
        let mut columns: Vec<Option<Column>> = Vec::new();
        for name in &names {
            let column = column(name, &addresses)?;
            if column.is_some() && columns.contains(&column) {
                return Err(NotRead::ColumnTwice(name.to_owned()));
            }
            columns.push(column);
        }
        let has = |one: &Column| columns.iter().flatten().any(|column| column == one);
        if ![Column::Name, Column::Given, Column::Family].iter().any(has) {
            return Err(NotRead::MissingName);
        }
        if ![Column::Key, Column::Email].iter().any(has) {
            return Err(NotRead::MissingKey);
        }
        Ok(Self { text, delimiter, columns, addresses })
    }

    /// What each row tells; rows are numbered as an editor does.
    pub fn rows(&self) -> impl Iterator<Item = Told> + '_ {
        let mut reader = reader(&self.text, self.delimiter);
        let mut row = csv::StringRecord::new();
        std::iter::from_fn(move || {
            loop {
                let line = reader.position().line();
                match reader.read_record(&mut row) {
                    Ok(false) => return None,
                    Ok(true) if row.iter().all(|field| field.trim().is_empty()) => {}
                    Ok(true) => {
                        let line = row.position().map_or(line, csv::Position::line);
                        return Some(self.told(&row, line));
                    }
                    Err(error) => {
                        let reason = RefusalReason::Unreadable(error.to_string());
                        return Some(Told::Refused(Refusal { place: line.to_string(), key: None, reason }));
                    }
                }
            }
        })
    }

    fn told(&self, row: &csv::StringRecord, line: u64) -> Told {
        let place = line.to_string();
        if row.len() > self.columns.len()
            && row.iter().skip(self.columns.len()).any(|field| !field.is_empty())
        {
            let words = format!("the row has {} fields, the header {}", row.len(), self.columns.len());
            let key = self.key_of(row);
            return Told::Refused(Refusal { place, key, reason: RefusalReason::Unreadable(words) });
        }
        let mut record = SourceRecord::default();
        for (column, field) in self.columns.iter().zip(row) {
            if let Some(column) = column {
                self.fill(&mut record, column, field.trim());
            }
        }
        Told::Person { place, record: Box::new(record) }
    }

    fn key_of(&self, row: &csv::StringRecord) -> Option<String> {
        let at = self.columns.iter().position(|column| *column == Some(Column::Key))?;
        row.get(at).map(|key| key.trim().to_owned())
    }

    fn fill(&self, record: &mut SourceRecord, column: &Column, field: &str) {
        if field.is_empty() {
            return;
        }
        let text = || Some(field.to_owned());
        match column {
            Column::Key => record.key = field.to_owned(),
            Column::Name => record.display = text(),
            Column::Given => record.given = text(),
            Column::Family => record.family = text(),
            Column::Company => record.company = text(),
            Column::Department => record.department = text(),
            Column::Title => record.title = text(),
            Column::Location => record.location = text(),
            Column::Email => record.email = text(),
            Column::Phone | Column::Mobile | Column::OtherPhone => record.phones.extend(text()),
            Column::Skills => record.skills.extend(field.split(['|', ';']).map(str::to_owned)),
            Column::Chat(network) => {
                let address = self.addresses.normal(network, field);
                record.networks.push(PersonId { network: network.clone(), address });
            }
        }
    }
}

fn column(name: &str, addresses: &Addresses) -> Result<Option<Column>, NotRead> {
    let name = name.trim().to_lowercase().replace('_', " ");
    if let Some(network) = name.strip_prefix("chat:") {
        let network = addresses.known(network.trim());
        return network.map(|network| Some(Column::Chat(network))).ok_or(NotRead::UnknownNetwork(name));
    }
    let known = COLUMNS.iter().find(|(_, names)| names.contains(&name.as_str()));
    Ok(known.map(|(column, _)| column.clone()))
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes())
}

fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    // Excel saves "Unicode text" so; without its mark it cannot be told from other text.
    if let Some((encoding, mark)) = Encoding::for_bom(bytes)
        && [UTF_16LE, UTF_16BE].contains(&encoding)
    {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    match UTF_8.decode_without_bom_handling_and_without_replacement(without_mark(bytes)) {
        Some(text) => text,
        None => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

fn delimiter(header: &str) -> u8 {
    let count = |delimiter: u8| header.bytes().filter(|byte| *byte == delimiter).count();
    b",;\t".iter().copied().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::{CsvFile, NotRead};
    use crate::config::NetworkKind;
    use crate::directory::addresses::Addresses;
    use crate::directory::record::{RefusalReason, Told};
    use hookflash_domain::NetworkId;

    fn open(bytes: &[u8]) -> Result<CsvFile, NotRead> {
        let networks = [("skype", NetworkKind::Skype), ("xmpp", NetworkKind::Xmpp)];
        CsvFile::open(bytes, Addresses::of(networks.map(|(id, kind)| (NetworkId(id.into()), kind))))
    }

    /// Each row as `key name e-mail phones skills addresses`, or `row: reason`.
    fn read(bytes: &[u8]) -> Vec<String> {
        let rows = open(bytes).unwrap().rows().collect::<Vec<_>>();
        rows.into_iter().map(line).collect()
    }

    fn line(told: Told) -> String {
        match told {
            Told::Person { place, record } => match record.checked() {
                Ok(one) => {
                    let at = one.networks.iter().map(|one| format!("{}={}", one.network.0, one.address));
                    let lists =
                        [one.phones.join("+"), one.skills.join("+"), at.collect::<Vec<_>>().join("+")];
                    let texts = [Some(one.key), one.display, one.email].map(Option::unwrap_or_default);
                    texts.into_iter().chain(lists).collect::<Vec<_>>().join("/")
                }
                Err(reason) => format!("{place}: {}", reason.code()),
            },
            Told::Refused(refusal) => format!("{}: {}", refusal.place, RefusalReason::code(&refusal.reason)),
            Told::Gone(key) => format!("gone {key}"),
        }
    }

    #[test]
    fn a_file_in_any_usual_form_says_the_same() {
        let expected = ["7/Jürgen Groß/j@x.example///", "8/Anna/a@x.example///"];
        let comma = "id,Name,E-Mail\n7,Jürgen Groß,j@x.example\n8,Anna,a@x.example\n";
        let semicolon =
            "E-Mail;id;Name;unknown\r\nj@x.example;7;Jürgen Groß;x\r\n\r\na@x.example;8;Anna;\r\n";
        let tabulator = "id\tname\temail\n7\tJürgen Groß\tj@x.example\n8\tAnna\ta@x.example";
        let latin = |text: &str| text.chars().map(|letter| u32::from(letter) as u8).collect::<Vec<u8>>();
        let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| {
            std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(bytes).collect::<Vec<u8>>()
        };
        for (why, bytes) in [
            ("commas", comma.as_bytes().to_vec()),
            ("semicolons, another order, a column that is not known", semicolon.as_bytes().to_vec()),
            ("tabulators", tabulator.as_bytes().to_vec()),
            ("a byte order mark", [b"\xEF\xBB\xBF", comma.as_bytes()].concat()),
            ("Latin-1", latin(semicolon)),
            ("UTF-16, as Excel saves it", utf16(tabulator, u16::to_le_bytes)),
            ("UTF-16 the other way round", utf16(semicolon, u16::to_be_bytes)),
        ] {
            assert_eq!(read(&bytes), expected, "{why}");
        }
        assert_eq!(read(b"id;name\n1;\x80uro \x96 Dash"), ["1/€uro – Dash////"], "Windows-1252");
    }

    #[test]
    fn every_field_is_taken() {
        let file = "given name,family name,email,phone,mobile,skills,chat:skype,chat:XMPP\n\
            Anna,\"Müller, geb. Maier\",Anna@X.example,1,2,Tax | Cards,Anna@X.example,xmpp:Anna@Chat.example\n";
        let anna = "anna@x.example/Anna Müller, geb. Maier/Anna@X.example/1+2/Tax+Cards/\
            skype=sip:anna@x.example+xmpp=anna@chat.example";
        assert_eq!(read(file.as_bytes()), [anna]);
    }

    #[test]
    fn a_row_that_cannot_be_taken_has_its_number_and_a_reason() {
        let file = "id,name\n1,Anna\n,Bernd\n3,\n4,Clara,too,many\n5,\"Dora\nx\"\n6,Eve\n";
        assert_eq!(
            read(file.as_bytes()),
            ["1/Anna////", "3: no_key", "4: no_name", "5: unreadable", "6: control_characters", "6/Eve////"]
        );
    }

    #[test]
    fn a_file_that_is_not_read_at_all() {
        for (file, code) in [
            ("", "empty_file"),
            ("\n\n", "empty_file"),
            ("id,name\n", "empty_file"),
            ("id,phone\n1,2\n", "missing_name_column"),
            ("name,phone\nAnna,2\n", "missing_key_column"),
            ("Anna,Bernd\nClara,Dora\n", "missing_name_column"),
            ("id,name,full name\n1,Anna,Anna\n", "column_twice"),
            ("id,name,chat:teams\n1,Anna,a\n", "unknown_network_column"),
        ] {
            assert_eq!(open(file.as_bytes()).err().map(|error| error.code()), Some(code), "{file:?}");
        }
    }
}
