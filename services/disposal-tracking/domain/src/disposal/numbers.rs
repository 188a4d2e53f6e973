//! Finds the long numbers that belong to persons, e.g. of telephones and identity cards, however they are written.

/// An identity card has eighteen digits, a telephone seven or eleven.
const DIGITS_OF_A_PERSON: usize = 7;
/// So many signs between two groups of digits still make one number of them.
const LONGEST_GAP: usize = 3;
/// As people spell a number out.
const SPELLED: [(char, char); 11] = [
    ('〇', '0'),
    ('零', '0'),
    ('一', '1'),
    ('二', '2'),
    ('三', '3'),
    ('四', '4'),
    ('五', '5'),
    ('六', '6'),
    ('七', '7'),
    ('八', '8'),
    ('九', '9'),
];

/// Groups of digits with nothing but separators between them.
#[derive(Default)]
struct Number {
    groups: Vec<String>,
    /// What stands behind the last group so far.
    gap: String,
    by_comma: bool,
}

/// Whether a text holds a number of a person. A date, a span of years and an amount in thousands are none.
pub fn holds_a_persons_number(text: &str) -> bool {
    let mut number = Number::default();
    for character in text.chars() {
        match digit(character) {
            Some(digit) => number.push(digit),
            None if is_separator(character) && number.gap.chars().count() < LONGEST_GAP => {
                number.gap.push(character);
            }
            None if number.is_a_persons() => return true,
            None => number = Number::default(),
        }
    }
    number.is_a_persons()
}

impl Number {
    fn push(&mut self, digit: char) {
        let gap = std::mem::take(&mut self.gap);
        self.by_comma |= gap.contains([',', '，']);
        match self.groups.last_mut() {
            Some(group) if gap.is_empty() => group.push(digit),
            _ => self.groups.push(digit.into()),
        }
    }
    fn is_a_persons(&self) -> bool {
        let digits: usize = self.groups.iter().map(String::len).sum();
        digits >= DIGITS_OF_A_PERSON && !self.is_a_date() && !self.is_an_amount()
    }
    /// `2020-08-03`, or `2018-2020`.
    fn is_a_date(&self) -> bool {
        let within = |group: &String, range: std::ops::RangeInclusive<u32>| {
            group.parse().is_ok_and(|number| range.contains(&number))
        };
        match self.groups.as_slice() {
            [year, month, day] => {
                year.len() == 4 && within(year, 1949..=2099) && within(month, 1..=12) && within(day, 1..=31)
            }
            [from, to] => {
                from.len() == 4 && to.len() == 4 && within(from, 1949..=2099) && within(to, 1949..=2099)
            }
            _ => false,
        }
    }
    /// `1,250,000`
    fn is_an_amount(&self) -> bool {
        let mut groups = self.groups.iter();
        let first = groups.next().is_some_and(|group| group.len() <= 3);
        self.by_comma && first && self.groups.len() <= 3 && groups.all(|group| group.len() == 3)
    }
}

/// Whatever form it is printed in: `１`, `𝟏` and `①` are ones as well.
fn digit(character: char) -> Option<char> {
    let code = u32::from(character);
    let value = match character {
        '0'..='9' => return Some(character),
        '０'..='９' => code - u32::from('０'),
        '①'..='⑨' => code - u32::from('①') + 1,
        '⓪' => 0,
        '\u{1d7ce}'..='\u{1d7ff}' => (code - 0x1d7ce) % 10,
        _ => {
            let spelled = SPELLED.iter().find(|(spelled, _)| *spelled == character);
            return spelled.map(|(_, digit)| *digit);
        }
    };
    char::from_digit(value, 10)
}

/// What people, and people who want to get by this check, put between digits.
fn is_separator(character: char) -> bool {
    let unseen = matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let dash = matches!(
        character,
        '\u{2010}'..='\u{2015}' | '－' | '~' | '～' | '_' | '＿' | '-'
    );
    let sign = matches!(
        character,
        '.' | '．' | '·' | '•' | ',' | '，' | '/' | '／' | '(' | ')' | '（' | '）' | '*' | '+' | '|'
    );
    character.is_whitespace() || unseen || dash || sign
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_is_found_however_it_is_written() {
        for text in [
            "电话13800112233",
            "电话138-0011-2233",
            "电话138 0011 2233。",
            "电话１３８００１１２２３３",
            "电话138—0011—2233",
            "电话138\u{200b}0011\u{200b}2233",
            "电话(0527) 8436 1234",
            "电话138 - 0011 - 2233",
            "电话一三八〇〇一一二二三三",
            "身份证321322 19800101 123X",
            "电话①③⑧00112233",
        ] {
            assert!(holds_a_persons_number(text), "{text}");
        }
    }

    #[test]
    fn dates_years_and_amounts_are_no_telephones() {
        for text in [
            "2020年8月3日查获",
            "2020-08-03查获",
            "2020.8.3 查获",
            "2018-2020年间",
            "货值1,250,000元",
            "查获原料桶120只，2020年8月取缔",
            "罚款50000元、原料12.5吨",
            "二〇二〇年七月十五日",
        ] {
            assert!(!holds_a_persons_number(text), "{text}");
        }
    }
}
