//! What people ask of the domains: honest work that nothing should stand in the way of, and cheats that are to be refused.

use crate::log::Kept;
use crate::reactions::Service;
use crate::world::{Finding, World};
use jurisdiction::{Actor, CommandId};
use platform::{Envelope, ExecuteError};

impl World<'_> {
    /// Somebody asks for something. Answers how many facts came of it.
    pub fn ask<D: Kept>(
        &mut self,
        by: &Actor,
        stream: &str,
        command: &D::Command,
    ) -> Result<usize, ExecuteError> {
        let envelope = Envelope {
            command_id: CommandId(self.people.uuid()),
            actor: by.clone(),
            at: self.clock_of(Service::of(D::CATEGORY)),
            causation: None,
            correlation: None,
            traceparent: None,
            seen: None,
        };
        self.outdated::<D>(stream, &envelope, command);
        let jurisdiction = self.jurisdiction();
        let new = self.log.execute::<D>(jurisdiction, stream, &envelope, command);
        let new = new.inspect_err(|error| self.count(error))?;
        let facts = new.len();
        self.settle(new);
        if facts > 0 && self.faults.percent(3) {
            self.click_twice::<D>(stream, &envelope, command);
        }
        Ok(facts)
    }

    /// Of two who act on what they saw at the same revision, the second is told so.
    fn outdated<D: Kept>(&mut self, stream: &str, envelope: &Envelope, command: &D::Command) {
        let Some(before) = self.log.revision(stream).and_then(|now| now.checked_sub(1)) else {
            return;
        };
        if !self.faults.percent(3) {
            return;
        }
        let late = Envelope {
            seen: Some(before),
            ..envelope.clone()
        };
        let jurisdiction = self.jurisdiction();
        let answer = self.log.execute::<D>(jurisdiction, stream, &late, command);
        if let Err(error @ ExecuteError::Outdated { .. }) = &answer {
            self.count(error);
        } else {
            self.find(stream, "conflict", "按旧版本提交的命令没有被挡下。");
        }
    }
    fn click_twice<D: Kept>(&mut self, stream: &str, envelope: &Envelope, command: &D::Command) {
        let jurisdiction = self.jurisdiction();
        let again = self.log.execute::<D>(jurisdiction, stream, envelope, command);
        if !again.is_ok_and(|new| new.is_empty()) {
            self.find(stream, "repetition", "同一条命令提交两次，记录了两次。");
        }
    }

    /// Honest work, which nothing should stand in the way of.
    pub fn work<D: Kept>(&mut self, by: Option<Actor>, stream: &str, command: &D::Command) -> bool {
        let Some(by) = by else {
            self.find(stream, "honest_work", "没有人可以办这件事。");
            return false;
        };
        match self.ask::<D>(&by, stream, command) {
            Ok(_) => true,
            Err(error) => {
                let says = format!("{by} 照章办事却被拒绝：{command:?}：{}", code(&error));
                self.find(stream, "honest_work", &says);
                false
            }
        }
    }

    /// Cheating by the book: refused, for one of these reasons.
    pub fn cheat<D: Kept>(&mut self, by: Option<Actor>, stream: &str, command: &D::Command, codes: &[&str]) {
        let Some(by) = by else {
            return;
        };
        match self.ask::<D>(&by, stream, command) {
            Err(error) if codes.contains(&code(&error)) => {}
            Err(error) => {
                let says = format!("作弊被以别的理由拒绝：{command:?}：{}", code(&error));
                self.find(stream, "cheats_are_refused", &says);
            }
            Ok(_) => self.find(
                stream,
                "cheats_are_refused",
                &format!("作弊没有被拒绝：{command:?}"),
            ),
        }
    }

    pub fn count(&mut self, error: &ExecuteError) {
        *self.refusals.entry(code(error)).or_default() += 1;
    }

    pub fn find(&mut self, stream: &str, invariant: &str, says: &str) {
        self.findings.push(Finding {
            at: self.now,
            invariant: invariant.to_owned(),
            stream: stream.to_owned(),
            revision: self.log.revision(stream).unwrap_or_default(),
            says: says.to_owned(),
        });
    }
}

pub(crate) fn code(error: &ExecuteError) -> &'static str {
    match error {
        ExecuteError::Refused(reason) => reason.code,
        ExecuteError::Outdated { .. } => "outdated",
        _ => "failed",
    }
}
