//! Long public lists cut into pages that an old phone loads: `?page=2` holds what the first had no room for.

use crate::problem::Problem;
use serde::Deserialize;

/// With frame and style, a page stays below what an old phone loads.
const MOST_BYTES: usize = 24 * 1024;

/// Which page is asked for.
#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    page: Option<String>,
}

/// What one page holds of a list, newest first, and where to go on.
pub(super) struct Leaf<T> {
    pub rows: Vec<T>,
    pub newer: Option<usize>,
    pub older: Option<usize>,
}

/// The page that is asked for; `weighs` says about how many bytes a row takes when it is written.
///
/// # Errors
/// The list has no such page.
pub(super) fn cut<T>(all: Vec<T>, asked: &Asked, weighs: impl Fn(&T) -> usize) -> Result<Leaf<T>, Problem> {
    let number = match asked.page.as_deref() {
        None | Some("") => 1,
        Some(text) => text.parse().unwrap_or(0),
    };
    let mut leaves: Vec<Vec<T>> = vec![vec![]];
    let mut room = MOST_BYTES;
    for row in all {
        let size = weighs(&row);
        // A row that is too heavy for any page has one of its own.
        if size > room && leaves.last().is_some_and(|leaf| !leaf.is_empty()) {
            leaves.push(vec![]);
            room = MOST_BYTES;
        }
        room = room.saturating_sub(size);
        if let Some(leaf) = leaves.last_mut() {
            leaf.push(row);
        }
    }
    let last = leaves.len();
    if !(1..=last).contains(&number) {
        let rule = format!("请填 1 到 {last} 之间的页码。");
        return Err(Problem::invalid("page", rule).remedy("请从第一页重新打开这个名单。"));
    }
    Ok(Leaf {
        rows: leaves.swap_remove(number - 1),
        newer: (number > 1).then(|| number - 1),
        older: (number < last).then_some(number + 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Asked {
        Asked {
            page: Some(text.to_owned()),
        }
    }
    fn rows(many: usize, asked: &Asked) -> Result<Leaf<usize>, Problem> {
        cut((0..many).collect(), asked, |_| 1024)
    }

    #[test]
    fn every_row_stands_on_exactly_one_page() {
        let (mut seen, mut asked) = (vec![], Asked::default());
        loop {
            let leaf = rows(100, &asked).expect("a page");
            assert!(leaf.rows.len() <= 24);
            seen.extend(leaf.rows);
            match leaf.older {
                Some(older) => asked = page(&older.to_string()),
                None => break,
            }
        }
        assert_eq!(seen, (0..100).collect::<Vec<_>>());
    }
    #[test]
    fn a_list_of_nothing_has_one_page() {
        let leaf = rows(0, &page("1")).expect("a page");
        assert!(leaf.rows.is_empty() && leaf.newer.is_none() && leaf.older.is_none());
    }
    #[test]
    fn the_second_page_knows_its_way_back() {
        let leaf = rows(30, &page("2")).expect("a page");
        assert_eq!((leaf.newer, leaf.older, leaf.rows.len()), (Some(1), None, 6));
    }
    #[test]
    fn a_row_heavier_than_a_page_is_not_lost() {
        let leaf = cut(vec![1, 2, 3], &page("2"), |_| 2 * MOST_BYTES).expect("a page");
        assert_eq!(leaf.rows, [2]);
    }
    #[test]
    fn a_page_that_is_none_is_refused_and_says_which_there_are() {
        for wrong in ["0", "3", "-1", "二", "99999999999999999999"] {
            let problem = rows(30, &page(wrong)).err().expect("no such page");
            assert_eq!(problem.details().field.as_deref(), Some("page"), "{wrong}");
            assert!(problem.details().detail.contains("1 到 2"), "{wrong}");
        }
    }
}
