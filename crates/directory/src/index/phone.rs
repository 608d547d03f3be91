//! Telephone numbers as they are compared.

/// Fewest digits that are searched as a telephone number.
pub(super) const MIN_DIGITS: usize = 3;
const MAX_DIGITS: usize = 20;

/// The digits without the zeros in front that stand for another town or country, so that
/// `+49 69 123`, `0049 69 123` and `069 123` end alike.
pub(super) fn digits(phone: &str) -> String {
    let digits = phone.chars().filter(char::is_ascii_digit);
    digits.skip_while(|digit| *digit == '0').take(MAX_DIGITS).collect()
}

/// Whether the text is written as a telephone number, or part of one.
pub(super) fn looks_like_phone(text: &str) -> bool {
    text.chars().any(|sign| sign.is_ascii_digit())
        && text.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '+' | '-' | '(' | ')' | '/' | '.'))
}

pub(super) fn reversed(digits: &str) -> String {
    digits.chars().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::{digits, looks_like_phone};

    #[test]
    fn one_number_in_many_forms() {
        for (typed, expected) in [
            ("+49 (69) 123-4567", "49691234567"),
            ("0049 69 1234567", "49691234567"),
            ("069/1234567", "691234567"),
            ("no number", ""),
        ] {
            assert_eq!(digits(typed), expected, "{typed}");
        }
        assert!(looks_like_phone("+49(0)69") && !looks_like_phone("b12") && !looks_like_phone("-"));
    }
}
