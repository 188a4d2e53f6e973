//! What looks like a private person's number or address in a text that stays in the open.

const MOBILE_DIGITS: usize = 11;
const IDENTITY_CARD_DIGITS: usize = 18;

/// Whether a text holds a mobile number, an identity card number or a mail address, each standing by itself. Landlines and
/// numbers of cases, divisions and enterprises are none of these.
pub fn names_somebody(text: &str) -> bool {
    let words = text.split(|character: char| !character.is_ascii_alphanumeric());
    let numbered = words.into_iter().any(|word| mobile(word) || identity_card(word));
    numbered || text.split_whitespace().any(mail)
}

fn mobile(word: &str) -> bool {
    let word = word
        .strip_prefix("86")
        .filter(|rest| rest.len() == MOBILE_DIGITS)
        .unwrap_or(word);
    word.len() == MOBILE_DIGITS
        && word.bytes().all(|byte| byte.is_ascii_digit())
        && word.starts_with('1')
        && word
            .as_bytes()
            .get(1)
            .is_some_and(|second| (b'3'..=b'9').contains(second))
}

fn identity_card(word: &str) -> bool {
    word.len() == IDENTITY_CARD_DIGITS
        && word
            .bytes()
            .take(IDENTITY_CARD_DIGITS - 1)
            .all(|byte| byte.is_ascii_digit())
        && word
            .bytes()
            .last()
            .is_some_and(|last| last.is_ascii_digit() || matches!(last, b'x' | b'X'))
}

fn mail(word: &str) -> bool {
    let ascii = |part: &str, from_end: bool| {
        let character = if from_end {
            part.chars().next_back()
        } else {
            part.chars().next()
        };
        character.is_some_and(|character| character.is_ascii_alphanumeric())
    };
    word.split_once('@')
        .is_some_and(|(local, domain)| ascii(local, true) && ascii(domain, false) && domain.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::names_somebody;

    #[test]
    fn mobile_numbers_identity_cards_and_mail_addresses_are_found_in_the_middle_of_words() {
        for text in [
            "请联系19900000001核实",
            "8619900000001",
            "身份证 32132219900101001X",
            "写信到 a@b.example",
        ] {
            assert!(names_somebody(text), "{text}");
        }
    }
    #[test]
    fn numbers_of_places_offices_and_files_are_not() {
        for text in [
            "0527-12350",
            "0527 84350001 门口",
            "321322102201",
            "019a3b7c-1398-8123-9900-199000000012",
            "245省道113公里处",
            "宿迁1958化工厂",
            "宿安委办〔2020〕1234567号",
            "统一社会信用代码91321300MA1N000000",
            "10690000000012345",
        ] {
            assert!(!names_somebody(text), "{text}");
        }
    }
}
