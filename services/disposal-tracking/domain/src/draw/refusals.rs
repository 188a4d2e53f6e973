//! Every reason for which a command on a draw is refused.

decider::refusals! {
    /// Why a command on a draw was not carried out.
    pub enum DrawRefusal {
        NotAnnounced => NotFound, "draw.not_found", "",
            "没有找到这次抽签。", "请核对抽签编号。", "domain.md §3 Disposal";
        AlreadyAnnounced => Conflict, "draw.already_announced", "",
            "这次抽签已经公告。", "请刷新页面。", "domain.md §3 Disposal";
        NotDrawer => Forbidden, "draw.not_drawer", "",
            "只有市督导组可以公告和进行抽签。", "请由市安全生产督导组办理。", "宿政办发〔2020〕24号 三(四)";
        NothingToDraw => Conflict, "draw.nothing_to_draw", "",
            "没有已经销号、等待抽查的点位。", "请等有案件销号后再公告。", "domain.md §3 Disposal";
        AnotherIsOpen => Conflict, "draw.another_is_open", "",
            "上一次公告的抽签还没有进行。", "请先完成或者撤销上一次抽签；不能同时公告几次再挑选。", "domain.md §3 Disposal";
        NotCanceller => Forbidden, "draw.not_canceller", "",
            "您不能撤销这次抽签。", "种子公布以前由市督导组撤销；到了公布时间以后，只有市政府或者市安委办负责人可以撤销，以免看了结果再重来。", "domain.md §3 Disposal";
        ReasonMissing => Invalid, "draw.reason_missing", "reason",
            "没有写明为什么撤销。", "请写明原因，例如该期彩票停售；原因会公布。", "domain.md §3 Disposal";
        Cancelled => Conflict, "draw.cancelled", "",
            "这次抽签已经撤销。", "请另行公告一次抽签。", "domain.md §3 Disposal";
        PercentOutOfRange => Invalid, "draw.percent_out_of_range", "percent",
            "抽查比例不对。", "请填写 1 到 100 的整数。", "domain.md §3 Disposal";
        SourceMissing => Invalid, "draw.source_missing", "source",
            "没有写明随机种子的来源。", "请写明将来才会公布、谁都不能左右的号码，例如某日某彩票的开奖号码。", "domain.md §3 Disposal";
        SeedNotInFuture => Invalid, "draw.seed_not_in_future", "seed_at",
            "种子已经可以知道了，不能再公告名单。", "请选择公告以后才开奖的号码。", "domain.md §3 Disposal";
        SeedTooFarOff => Invalid, "draw.seed_too_far_off", "seed_at",
            "种子公布的时间太远。", "请选择 31 天以内开奖的号码；公告以后拖着不抽，别的点位也抽不了。", "domain.md §3 Disposal";
        DigitsOutOfRange => Invalid, "draw.digits_out_of_range", "digits",
            "没有写明种子有几位数字。", "请填写 3 到 60 的整数，例如双色球七个号码各两位，共 14 位。", "domain.md §3 Disposal";
        SeedMalformed => Invalid, "draw.seed_malformed", "seed",
            "种子和公告的位数不符，或者有数字以外的字符。", "请按公布的顺序把号码连着写，只用 0 到 9，不加空格和标点，个位数前面补 0。", "domain.md §3 Disposal";
        TooEarly => Conflict, "draw.too_early", "",
            "还没有到公布随机种子的时间。", "请到公告的时间以后，按公布的号码登记。", "domain.md §3 Disposal";
        SeedMissing => Invalid, "draw.seed_missing", "seed",
            "没有填写随机种子。", "请按公告的来源填写公布的号码。", "domain.md §3 Disposal";
        AlreadyMade => Conflict, "draw.already_made", "",
            "这次抽签已经有结果，不能重抽。", "任何人都可以用公布的名单和种子验证结果。", "domain.md §3 Disposal";
        TextTooLong => Invalid, "draw.text_too_long", "",
            "内容超过 200 个字。", "请写得简短一些。", "domain.md §3 Disposal";
    }
}
