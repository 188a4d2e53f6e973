//! 联席会议: what it decided is given to a unit with a date, reported done, and accepted or sent back by its office.

use crate::city;
use crate::world::{Task, World};
use accountability_domain::{
    AcceptTask, Accountability, AccountabilityCommand, AssignTask, ReportTask, ReturnTask, Task as Given,
};
use jiff::ToSpan;
use jurisdiction::{UnitCode, campaign_time};

const MEMBERS: [&str; 4] = ["321300-SJ", "321300-GA", "321302", "321322"];

impl World<'_> {
    /// The conference has met.
    pub fn confer(&mut self) {
        let unit = UnitCode::of(MEMBERS[self.people.below(MEMBERS.len())]);
        let today = campaign_time(self.now).date();
        let days = self.people.below(30) as i64;
        let assign = |unit: &UnitCode, due| {
            AccountabilityCommand::AssignTask(AssignTask {
                unit: unit.clone(),
                meeting: "联席会议纪要".into(),
                text: "完成三相用电户比对".into(),
                due,
            })
        };
        let stream = format!("accountability-{unit}");
        let task = assign(&unit, today.saturating_add((days + 2).days()));
        let office = self.leader(&UnitCode::of(city::OFFICE));
        let codes = ["accountability.not_the_office"];
        self.cheat::<Accountability>(Some(city::supervisor()), &stream, &task, &codes);
        let late = assign(&unit, today.saturating_sub(2.days()));
        let codes = ["accountability.due_in_the_past"];
        self.cheat::<Accountability>(office.clone(), &stream, &late, &codes);
        let group = UnitCode::of(city::SUPERVISION);
        let elsewhere = assign(&group, today.saturating_add(9.days()));
        let codes = ["accountability.takes_no_tasks"];
        let stream_of_group = format!("accountability-{group}");
        self.cheat::<Accountability>(office.clone(), &stream_of_group, &elsewhere, &codes);
        self.work::<Accountability>(office, &stream, &task);
        let pause = self.people.days(10, 25);
        self.after(pause, Task::Confer);
    }

    pub fn report_task(&mut self, stream: &str, task: &Given) {
        let report = AccountabilityCommand::ReportTask(ReportTask {
            task: task.number,
            text: "已完成比对".into(),
            evidence: vec![],
        });
        let codes = ["accountability.not_the_units_task"];
        let other = self.leader(&UnitCode::of("321311"));
        self.cheat::<Accountability>(other, stream, &report, &codes);
        // Not done, and accepted.
        let accept = accept(task);
        let codes = ["accountability.nothing_answered"];
        self.cheat::<Accountability>(Some(city::dispatcher()), stream, &accept, &codes);
        self.work::<Accountability>(self.leader(&task.unit), stream, &report);
        let codes = ["accountability.already_answered"];
        self.cheat::<Accountability>(self.leader(&task.unit), stream, &report, &codes);
        // One's own work.
        let codes = ["accountability.not_the_office"];
        self.cheat::<Accountability>(self.leader(&task.unit), stream, &accept, &codes);
    }

    pub fn judge_task(&mut self, stream: &str, task: &Given) {
        let accepted = self.calm || self.people.percent(65);
        let judge = match accepted {
            true => accept(task),
            false => AccountabilityCommand::ReturnTask(ReturnTask {
                task: task.number,
                reason: "比对结果缺两个乡镇".into(),
            }),
        };
        self.work::<Accountability>(Some(city::dispatcher()), stream, &judge);
        let codes = ["accountability.nothing_answered"];
        self.cheat::<Accountability>(Some(city::dispatcher()), stream, &accept(task), &codes);
        if accepted {
            let report = AccountabilityCommand::ReportTask(ReportTask {
                task: task.number,
                text: "补充报告".into(),
                evidence: vec![],
            });
            let codes = ["accountability.already_accepted"];
            self.cheat::<Accountability>(self.leader(&task.unit), stream, &report, &codes);
        }
    }
}

fn accept(task: &Given) -> AccountabilityCommand {
    AccountabilityCommand::AcceptTask(AcceptTask {
        task: task.number,
        note: String::new(),
    })
}
