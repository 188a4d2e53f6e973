//! Finding words of one character and more in Chinese: texts are indexed as overlapping pairs of characters.
//!
//! SQLite's own `trigram` tokenizer finds nothing shorter than three characters, and most Chinese words have two. A pair is
//! spelled by its code points, so that no table of Unicode properties but ours has a say.

use crate::book::BookError;
use rusqlite::{OptionalExtension, Transaction};
use std::fmt::Write;

/// More pairs than this are not asked for at once; no place has so many.
const MOST_PAIRS: usize = 100;

/// Takes in, or replaces, what may be looked for of a subject. Never a narrative.
pub(crate) fn index(
    transaction: &Transaction<'_>,
    subject: &str,
    place: &str,
    words: &[&str],
) -> Result<(), BookError> {
    let words = words.join("\n");
    let known: Option<(i64, String, String)> = transaction
        .prepare_cached("SELECT number, place, words FROM searched WHERE subject = ?1")?
        .query_row([subject], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    match known {
        Some((_, known_place, known_words)) if known_place == place && known_words == words => return Ok(()),
        Some((number, ..)) => {
            transaction
                .prepare_cached("DELETE FROM search WHERE rowid = ?1")?
                .execute([number])?;
            transaction
                .prepare_cached("DELETE FROM searched WHERE number = ?1")?
                .execute([number])?;
        }
        None => {}
    }
    transaction
        .prepare_cached("INSERT INTO searched (subject, place, words) VALUES (?1, ?2, ?3)")?
        .execute((subject, place, &words))?;
    transaction
        .prepare_cached("INSERT INTO search (rowid, subject, place, words) VALUES (?1, ?2, ?3, ?4)")?
        .execute((
            transaction.last_insert_rowid(),
            subject,
            pairs(place),
            pairs(&words),
        ))?;
    Ok(())
}

/// What somebody looks for, as phrases of pairs; all of them have to be found.
pub(crate) struct Phrases(Vec<String>);

impl Phrases {
    pub(crate) fn of(looked_for: &str) -> Self {
        let phrases = runs(looked_for).map(|run| match run.as_slice() {
            // A single character is the beginning of a pair, or stands alone at the end.
            [single] => format!("\"{}\" *", spelled(&[*single])),
            _ => {
                let pairs: Vec<String> = run.windows(2).map(spelled).collect();
                format!("\"{}\"", pairs.join(" "))
            }
        });
        Self(phrases.collect())
    }
    /// As FTS5 writes it: in the place or the other words.
    pub(crate) fn anywhere(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.join(" AND "))
    }
    /// Not by the place.
    pub(crate) fn without_place(&self) -> Option<String> {
        self.anywhere().map(|query| format!("words : ({query})"))
    }
}

/// What has any pair of neighbours in common with these texts, as FTS5 writes it; `None` if they have none at all.
pub(crate) fn any_pair_of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<String> {
    let mut pairs = Vec::new();
    for run in texts.into_iter().flat_map(runs) {
        pairs.extend(run.windows(2).map(|pair| format!("\"{}\"", spelled(pair))));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs.truncate(MOST_PAIRS);
    (!pairs.is_empty()).then(|| pairs.join(" OR "))
}

/// Each pair of neighbours, and the last character by itself.
fn pairs(text: &str) -> String {
    let mut spelled_out = String::new();
    for run in runs(text) {
        for start in 0..run.len() {
            let pair = &run[start..(start + 2).min(run.len())];
            spelled_out.push_str(&spelled(pair));
            spelled_out.push(' ');
        }
    }
    spelled_out
}

/// What stands together between punctuation and blanks, in small letters.
fn runs(text: &str) -> impl Iterator<Item = Vec<char>> {
    text.split(|c: char| !c.is_alphanumeric())
        .map(|run| run.chars().flat_map(char::to_lowercase).collect::<Vec<char>>())
        .filter(|run| !run.is_empty())
}

fn spelled(characters: &[char]) -> String {
    let mut token = String::new();
    for character in characters {
        let _ = write!(token, "{:x}x", u32::from(*character));
    }
    token
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(place: &str, words: &str, looked_for: &str) -> bool {
        let mut connection = rusqlite::Connection::open_in_memory().expect("a database");
        let transaction = connection.transaction().expect("a transaction");
        transaction
            .execute_batch(crate::book::SCHEMA)
            .expect("the schema");
        index(&transaction, "case-1", place, &[words]).expect("indexed");
        let Some(query) = Phrases::of(looked_for).anywhere() else {
            return false;
        };
        let sql = "SELECT count(*) FROM search WHERE search MATCH ?1";
        let count: i64 = transaction
            .query_row(sql, [query], |row| row.get(0))
            .expect("a count");
        count > 0
    }

    #[test]
    fn words_of_one_two_and_more_characters_are_found() {
        let (place, words) = ("胡集镇老砖瓦厂院内", "疑似夜间生产化工产品，Acme 公司");
        for word in [
            "砖瓦",
            "内",
            "胡",
            "老砖瓦厂",
            "化工",
            "品",
            "acme",
            "ACME",
            "夜间 砖瓦",
            "院内",
        ] {
            assert!(found(place, words, word), "{word}");
        }
        for word in ["砖厂", "瓦砖", "化工 钢铁", "内疑", "品公", "——", "𠮷"] {
            assert!(!found(place, words, word), "{word}");
        }
        assert!(
            found("𠮷家村", "", "𠮷家"),
            "characters beyond the basic plane as well"
        );
    }

    #[test]
    fn operators_of_the_index_are_words_like_any_other() {
        for word in [
            "\"",
            "NEAR(",
            "a OR b",
            "words : x",
            "*",
            "^",
            "a - b",
            "'); DROP",
        ] {
            assert!(!found("老砖瓦厂", "化工", word), "{word}");
        }
    }

    proptest! {
        #[test]
        fn what_stands_in_a_text_is_found_and_what_does_not_is_not(
            text in "[甲乙丙丁a1]{1,12}", looked_for in "[甲乙丙丁a1]{1,3}",
        ) {
            prop_assert_eq!(found(&text, "", &looked_for), text.contains(&looked_for));
        }
    }
}
