//! A net for numbers that could tell who reported: telephone numbers, receipts, identity cards.

use jurisdiction::Jurisdiction;
use uuid::Uuid;

/// A mobile number has 11 digits, a receipt 16, an identity card 18.
const TELLING: usize = 11;

/// Whether the text holds such a number, in one piece or in groups of at least three digits with blanks or hyphens
/// between them. Ids of cases, digests and codes of units do not count. It catches slips; it proves nothing: templates
/// must not ask for such data in the first place.
pub(crate) fn tells_a_number(text: &str, jurisdiction: &Jurisdiction) -> bool {
    let text = without_identifiers(text);
    [' ', '-'].into_iter().any(|joint| {
        text.split(|c: char| !c.is_ascii_digit() && c != joint)
            .flat_map(|run| joined(run, joint))
            .any(|digits| digits.len() >= TELLING && !is_unit(&digits, jurisdiction))
    })
}

/// The digits of neighbouring groups put together; short groups, as in dates, stand alone.
fn joined(run: &str, joint: char) -> Vec<String> {
    let mut numbers = vec![String::new()];
    for group in run.split(joint) {
        match numbers.last_mut() {
            Some(number) if group.len() >= 3 => number.push_str(group),
            _ => numbers.push(String::new()),
        }
    }
    numbers
}

fn is_unit(digits: &str, jurisdiction: &Jurisdiction) -> bool {
    let code = digits.parse();
    code.is_ok_and(|code| jurisdiction.unit(&code).is_some())
}

fn without_identifiers(text: &str) -> String {
    let in_word = |c: char| c.is_ascii_alphanumeric() || c == '-';
    text.split_inclusive(|c| !in_word(c))
        .map(|piece| {
            let word = piece.trim_end_matches(|c| !in_word(c));
            match is_identifier(word) {
                true => &piece[word.len()..],
                false => piece,
            }
        })
        .collect()
}

/// A UUID, alone or behind the kind of its stream, or a SHA-256 in hexadecimal.
fn is_identifier(word: &str) -> bool {
    let uuid = word.len().checked_sub(36).map(|start| &word[start..]);
    let digest = word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit());
    digest || uuid.is_some_and(|uuid| Uuid::parse_str(uuid).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jurisdiction::sample;

    #[test]
    fn numbers_of_people_are_caught_however_they_are_grouped() {
        let telling = [
            "19900000000",
            "请回拨19900000000，谢谢",
            "电话 199 0000 0000",
            "199-0000-0000",
            "查询码 1234 5678 9012 3456",
            "990000199001011234",
            "99000019900101123X",
            "+8619900000000",
        ];
        for text in telling {
            assert!(tells_a_number(text, &sample::suqian()), "{text}");
        }
    }

    #[test]
    fn dates_codes_and_identifiers_are_not() {
        let harmless = [
            "",
            "举报电话 0527-12350",
            "期限 2020-06-04 23:59:59，起算 2020-06-01 09:00",
            "2020-06-01 - 2020-06-30",
            "https://mingcha.example/cases/00000000-0000-0000-0000-000000000007",
            "case-00000000-0000-8000-9000-123456789012 已逾期",
            "胡集镇示范一村（321322102201）",
            "report-321322102201-sweep",
            "摘要 0000000000000000000000000000000000000000000000000000000000000001",
            "12 34 56 78 90 12 34",
        ];
        for text in harmless {
            assert!(!tells_a_number(text, &sample::suqian()), "{text}");
        }
    }
}
