//! What may be written to whom: those whom a matter is about hear nothing of it, and of a confidential one mail says only that
//! there is one.

use super::Desk;
use super::tips::screeners;
use crate::letters::{Draft, Letter};
use jurisdiction::{Actor, Against, UnitKind};
use notification_domain::Addressee;

/// What stands in the place of words that must not travel in the open.
const READ_INSIDE: &str = "保密事项，请登录查看";

/// What is known of the tip or case that a letter is about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Discretion {
    /// For them it does not exist.
    pub against: Against,
    pub confidential: bool,
}

impl Discretion {
    /// The words, unless mail must not carry them.
    pub(crate) fn open<'t>(&self, words: &'t str) -> &'t str {
        match self.confidential {
            true => READ_INSIDE,
            false => words,
        }
    }

    /// Letters that may go out. What was meant for somebody whom the matter is about goes to whoever handles it instead: it
    /// must not become silent by that.
    pub(crate) fn keep(&self, letters: Vec<Letter>, desk: Desk<'_>) -> Vec<Letter> {
        if self.against.is_empty() {
            return letters;
        }
        let (held_back, mut kept): (Vec<_>, Vec<_>) = letters
            .into_iter()
            .partition(|letter| self.hides_from(&letter.to, desk));
        let Some(first) = held_back.first() else {
            return kept;
        };
        for to in self.instead(desk) {
            if kept.iter().all(|letter| letter.to != to) {
                kept.push(redirected(first, to, desk));
            }
        }
        kept
    }

    fn hides_from(&self, to: &Addressee, desk: Desk<'_>) -> bool {
        let jurisdiction = desk.jurisdiction;
        match to {
            Addressee::Unit { unit } => self.against.holds_unit(unit, jurisdiction),
            Addressee::Staff { staff } => {
                let Some(member) = jurisdiction.staff.get(staff) else {
                    return self.against.persons.contains(staff);
                };
                let acting = |role| Actor::staff(staff.clone(), member.unit.clone(), role);
                let mut roles = member.roles.iter().copied();
                roles.all(|role| self.against.hides_from(&acting(role), jurisdiction))
            }
            Addressee::Receipt { .. } => false,
        }
    }

    fn instead(&self, desk: Desk<'_>) -> Vec<Addressee> {
        let inspectors = || desk.jurisdiction.unit_of_kind(UnitKind::Discipline);
        let authority = self.against.authority(desk.jurisdiction).or_else(inspectors);
        authority.map_or_else(Vec::new, |authority| screeners(authority, &self.against, desk))
    }
}

fn redirected(letter: &Letter, to: Addressee, desk: Desk<'_>) -> Letter {
    let body = Draft::to(&desk.name(&to))
        .says("下列函件原应发给被反映的单位或者个人，依照回避规定改发你处，不得透露。")
        .line("函件", &letter.subject)
        .says("请登录查看，督促办结，并由你处处理后续事宜。")
        .answer_at(&desk.at("待办事项"));
    Letter {
        subject: format!("【回避】{}", letter.subject),
        to,
        template: letter.template,
        body,
        about: letter.about.clone(),
    }
}
