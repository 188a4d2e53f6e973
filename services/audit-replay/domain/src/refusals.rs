//! Every reason for which a reading is not taken down, and therefore not answered.

decider::refusals! {
    /// Why somebody is not shown what they asked for.
    pub enum ReadingRefusal {
        NotAPerson => Forbidden, "reading.not_a_person", "",
            "查阅历史记录必须有具体的人。", "请由有姓名的工作人员登录后查阅；系统和群众不查阅历史。", "domain.md §7";
        InstantToCome => Invalid, "reading.instant_to_come", "at",
            "所选时刻还没有到，没有那时的记录。", "请选择现在或过去的时刻；不填就是现在。", "domain.md §6";
    }
}
