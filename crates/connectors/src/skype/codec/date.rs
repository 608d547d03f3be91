//! `/Date(ms)/` (UCWA 0).

use hookflash_domain::Timestamp;

/// The moment in `/Date(1383784870271)/`, with or without a zone offset, which changes nothing.
pub(in crate::skype) fn parse_date(text: &str) -> Option<Timestamp> {
    let inside = text.trim_matches(['/', '\\']).strip_prefix("Date(")?.strip_suffix(')')?;
    let zone = inside.get(1..)?.find(['+', '-']).map_or(inside.len(), |at| at + 1);
    inside.get(..zone)?.parse().ok().map(Timestamp)
}

#[cfg(test)]
mod tests {
    use super::parse_date;
    use hookflash_domain::Timestamp;

    #[test]
    fn reads_dates_and_refuses_others() {
        let cases = [
            ("/Date(1383784870271)/", Some(1_383_784_870_271)),
            ("\\/Date(5)\\/", Some(5)),
            ("/Date(-62135596800000)/", Some(-62_135_596_800_000)),
            ("/Date(1383784870271+0100)/", Some(1_383_784_870_271)),
            ("2013-11-07T00:41:10Z", None),
            ("/Date()/", None),
            ("/Date(x)/", None),
        ];
        for (text, moment) in cases {
            assert_eq!(parse_date(text), moment.map(Timestamp), "{text}");
        }
    }
}
