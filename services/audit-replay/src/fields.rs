//! What the fields of a state are called in Chinese, in one catalogue; a pointer that no name is known for stays as it is.

use crate::lanes::Lane;

/// A JSON pointer into the state of a lane, as people would say it: `/holders/0/unit` is 承办经过·第 1 项·承办单位.
pub(crate) fn field(lane: Lane, pointer: &str) -> String {
    let mut segments = pointer.trim_start_matches('/').split('/').peekable();
    let first = segments.peek().copied().unwrap_or_default();
    if of_lane(lane, first).is_none() && common(first).is_none() {
        return pointer.to_owned();
    }
    let mut whole = "";
    let names = segments.map(|segment| {
        if let Ok(number) = segment.parse::<usize>() {
            return format!("第 {} 项", number + 1);
        }
        let name = part(whole, segment).or_else(|| of_lane(lane, segment).or_else(|| common(segment)));
        whole = segment;
        // A segment may hold `/` and `~`, spelled otherwise (RFC 6901).
        name.map_or_else(|| segment.replace("~1", "/").replace("~0", "~"), str::to_owned)
    });
    names.collect::<Vec<_>>().join("·")
}

/// What a field is called within the whole that it is part of, e.g. `from` within `extensions`.
pub(crate) fn within(lane: Lane, whole: &str, name: &str) -> String {
    part(whole, name).map_or_else(|| field(lane, &format!("/{name}")), str::to_owned)
}

/// Names that mean something of their own as parts of one thing.
fn part(whole: &str, name: &str) -> Option<&'static str> {
    Some(match (whole, name) {
        ("holders", "from") => "接手时间",
        ("holders", "unit") => "承办单位",
        ("findings", "by") => "记录人",
        ("delivery", "from") => "可以发送的时间",
        ("moves", "from") | ("extensions", "due") => "原期限",
        ("moves", "to") | ("extensions", "to") => "新期限",
        ("extensions", "unit") => "申请单位",
        ("rests", "from") => "停计开始",
        ("rests", "to") => "停计结束",
        ("steps", "to") => "发给",
        ("steps", "about") => "责任单位和责任人",
        ("referrals", "to") => "移送给",
        ("plan", "measures") => "防范措施",
        ("plan", "responsible") => "现场负责人",
        ("plan", "risks") => "风险辨识",
        _ => return None,
    })
}

/// Names that mean something of their own in one lane.
fn of_lane(lane: Lane, name: &str) -> Option<&'static str> {
    Some(match (lane, name) {
        (Lane::Tip, "evidence") => "举报人的照片",
        (Lane::Case, "closed") => "办结方式",
        (Lane::Case, "tips") => "线索",
        (Lane::Disposal, "unit") => "处置单位",
        (Lane::Disposal, "plan") => "处置安全方案",
        (Lane::Accountability, "findings") => "督导问题",
        (Lane::Accountability, "subject") => "对象",
        (Lane::Accountability, "special") => "专项督查",
        (Lane::Report, "list") => "上报清单",
        (Lane::Mail, "subject") => "标题",
        (Lane::Draw, "list") => "备抽名单",
        (Lane::Reading, "times") => "查阅次数",
        _ => return None,
    })
}

/// Names that mean the same wherever they stand.
fn common(name: &str) -> Option<&'static str> {
    of_sites(name)
        .or_else(|| of_work(name))
        .or_else(|| of_clocks(name))
        .or_else(|| of_papers(name))
        .or_else(|| of_details(name))
        .or_else(|| of_the_directory(name))
        .or_else(|| of_small_things(name))
}

fn of_sites(name: &str) -> Option<&'static str> {
    Some(match name {
        "progress" => "进展",
        "waits_since" => "等待甄审起",
        "screened_at" => "甄审时间",
        "received_at" => "收到时间",
        "channel" => "渠道",
        "place" => "地点",
        "coordinates" => "坐标",
        "latitude" => "纬度",
        "longitude" => "经度",
        "division" => "所在区划",
        "urgent" => "紧急",
        "danger_came_later" => "后来得知险情",
        "turned_down_by" => "不予受理或转交的人",
        "review" => "复核甄审",
        "objected" => "举报人提出过异议",
        "by_reporter" => "举报人提出",
        "urgency" => "紧急程度",
        "confidential" => "要求保密",
        "wants_answer" => "希望答复",
        "receipt_hash" => "查询码摘要",
        "evidence" => "证据",
        "recordings" | "recording" => "通话录音",
        "to_transcribe" => "待整理成文字",
        "reporter_wrote" => "举报人补充的时间",
        "replies" => "对举报人的答复",
        "outcome_told" => "已反馈结果",
        "has_identity" => "留有联系方式",
        "not_fixed" => "举报人反映未整改",
        "reveals" => "身份查看",
        "erased" => "已销毁的内容",
        "rewards" => "举报奖励",
        "against" => "涉及对象",
        "units" => "单位",
        "persons" => "人员",
        "enterprise" => "企业",
        "summary" => "案情摘要",
        "origin" => "来源",
        "tip" => "线索",
        "tips" => "线索",
        "case" => "案件",
        "premises" => "场所",
        "parties" => "当事人",
        "party" => "当事人",
        _ => return None,
    })
}

fn of_work(name: &str) -> Option<&'static str> {
    Some(match name {
        "opened_at" => "立案时间",
        "owner" => "承办单位",
        "co_handlers" => "协办单位",
        "instructions" => "交办要求",
        "holders" => "承办经过",
        "acknowledged_at" => "签收时间",
        "returned_by" => "退回单位",
        "designated" => "已指定管辖",
        "inspections" => "现场核查",
        "finding" => "核查结论",
        "identified" => "已甄别确认",
        "class" => "类别",
        "closed" => "办结",
        "closed_at" => "办结时间",
        "extensions" => "延期",
        "denials" => "认定不属于“小化工”",
        "denied" => "最近的结论是不属于“小化工”",
        "refer_to" => "转送部门",
        "reopenings" => "重新办理次数",
        "to_visit_from" => "须自此时起重新到场核查",
        "merged" => "并案",
        "unmerged_from" => "撤销并案自",
        "ordered_at" => "下达时间",
        "measure" => "措施",
        "measures" => "处置措施",
        "plan" => "安全方案",
        "risks" => "风险",
        "responsible" => "负责人",
        "workers" => "实施人员",
        "worked" => "实施过的单位",
        "spared" => "更正类别后不必再做的措施",
        "shown" => "用过的照片",
        "outlived" => "提交后又有措施重做",
        "cancelled" => "已撤销",
        "reviews_required" => "应复核层级",
        "signatures" => "复核签字",
        "reviewers" => "签过复核的人",
        "referrals" => "移送",
        "spot_check" => "验收抽查",
        "rechecks" => "回头看",
        "relapses" => "死灰复燃",
        "exposure" => "警示曝光",
        "done" => "完成情况",
        "passed" => "是否合格",
        "receiver" => "受理单位类别",
        "referral" => "移送编号",
        "clean_agreed" => "同意“未发现”的复核人",
        "clean_refused" => "“未发现”被退回次数",
        "equipment" => "生产设备",
        "outdated" => "起草后新确认的点位",
        "acceptance" => "验收",
        "guarantee_due" => "责任保证期限",
        "before" => "处置前证据",
        "after" => "处置后证据",
        "reopened" => "重做原因",
        "five" => "五个有没有",
        "three" => "翻墙三查",
        "went" => "到场人员",
        "inspected_at" => "核查时间",
        "method" => "方式",
        _ => return None,
    })
}

fn of_clocks(name: &str) -> Option<&'static str> {
    Some(match name {
        "subject" => "对象",
        "clocks" => "时限",
        "clock" => "时限",
        "obligation" => "义务",
        "started" => "起算时间",
        "stopped" => "停止",
        "due" => "到期",
        "limit" => "期限",
        "misses" => "超期",
        "moves" => "时限变动",
        "why" => "原因",
        "rests" => "停计时段",
        "steps" => "督办",
        "rung" => "层级",
        "escalation" => "督办内容",
        "deadline" => "期限",
        "failures" => "问责事项",
        "failure" => "所查的问责事项",
        "closing_note" => "结案说明",
        "explanations" => "情况说明",
        "judged" => "认定",
        "inquiries" => "问责",
        "decisions" => "决定",
        "decision" => "决定",
        "basis" => "依据",
        "findings" => "问题",
        "tasks" => "联席会议任务",
        "special" => "专项督查",
        "answers" => "答复",
        "reports" => "报告",
        "accepted" => "认定",
        _ => return None,
    })
}

fn of_papers(name: &str) -> Option<&'static str> {
    Some(match name {
        "report" => "上报编号",
        "guarantee" => "责任保证",
        "draft" => "草稿",
        "digest" => "摘要值",
        "list" => "清单",
        "lower" => "下级上报",
        "signature" => "签字",
        "signed_by" => "签字人",
        "sealed_at" => "盖章时间",
        "filing" => "备案",
        "returns" => "退回",
        "contradictions" => "签字后发现的遗漏",
        "message" => "通知内容",
        "addressee" => "收件人",
        "template" => "模板",
        "body" => "正文",
        "about" => "所涉事项",
        "delivery" => "发送情况",
        "stage" => "状态",
        "attempts" => "尝试次数",
        "last_failure" => "最近一次失败",
        "provider_id" => "服务商编号",
        "announced_at" => "公告时间",
        "round" => "轮次",
        "position" => "记录位置",
        "percent" => "抽查比例",
        "at_least" => "至少抽取",
        "source" => "来源",
        "seed" => "抽签号码",
        "digits" => "号码位数",
        "seed_at" => "号码公布时间",
        "made_at" => "抽签时间",
        "chosen" => "抽中",
        "times" => "次数",
        "readers" => "查阅人",
        _ => return None,
    })
}

/// What stands inside of something else only.
fn of_details(name: &str) -> Option<&'static str> {
    Some(match name {
        "told" => "告知内容",
        "authority" => "有管辖权的部门",
        "compartments" => "销毁的部分",
        "request" => "第几次申请",
        "requested_by" => "申请人",
        "answered_by" => "答复人",
        "until" => "有效至",
        "repetition" => "第几次重复",
        "opened" => "启动时间",
        "seen_at_closing" => "结束时的数字",
        "approved" => "已批准",
        "refused" => "未批准",
        "rejected" => "不予受理",
        "diverted" => "已转办",
        "confirmed" => "已查实",
        "published" => "已公布",
        "withdrawn" => "已撤回",
        "amount_fen" => "奖励金额（分）",
        "fine_fen" => "罚款金额（分）",
        "proposed_at" => "提出时间",
        "rules" => "所依据的标准",
        "borrowed_name" => "挂靠、租赁、“厂中厂”",
        "changed_scope" => "擅自变更范围",
        "hidden_workshop" => "隐蔽或流动作坊",
        "idle_premises" => "闲置场所或民宅内生产",
        "materials" => "堆放化工原料",
        "missed_enterprise" => "漏列化工企业",
        "private_lines" => "私拉电线、水管",
        "area" => "区域",
        "after_days" => "办结后天数",
        "raised_at" => "提示时间",
        "grounds" => "依据",
        "found_at" => "发现时间",
        "link" => "关联方式",
        "new_case" => "新立案件",
        "answer_due" => "答复期限",
        "counted_from" => "期限从何时起算",
        "issued" => "发出时间",
        "reached" => "到达时间",
        "working_days" => "工作日",
        "hours" => "小时",
        "minutes" => "分钟",
        "gravity" => "严重程度",
        "open_findings" => "未整改的督导问题",
        "grave_findings" => "突出问题",
        "overdue" => "超期事项",
        "numbers" => "数字",
        "thresholds" => "启动标准",
        "seen" => "所见情况",
        "since" => "自",
        "meeting" => "会议",
        "state" => "状态",
        _ => return None,
    })
}

/// Units, staff and what is decided for a day to come.
fn of_the_directory(name: &str) -> Option<&'static str> {
    Some(match name {
        "ladder" => "督促阶梯",
        "supervision_order_after" => "督办：超期后第几个工作日",
        "interview_after" => "约谈：超期后第几个工作日",
        "criticism_after" => "通报批评：超期后第几个工作日",
        "referral_after" => "移送纪委监委：超期后第几个工作日",
        "repeat_days" => "此后每隔几天重复",
        "setting" => "设定",
        "holidays" => "节假日",
        "approval_hours" => "批准有效的小时数",
        "window_days" => "统计的天数",
        "account" => "账号",
        "member" => "工作人员",
        "email" => "邮箱",
        "roles" => "角色",
        "code" => "编码",
        "parent" => "上级单位",
        "document" => "依据文件",
        "version" => "版本",
        "share_percent" => "奖励比例（百分之几）",
        "insider_percent" => "知情人的奖励为通常的百分之几",
        "least_yuan" => "最低（元）",
        "most_yuan" => "最高（元）",
        _ => return None,
    })
}

fn of_small_things(name: &str) -> Option<&'static str> {
    Some(match name {
        "at" => "时间",
        "by" => "办理人",
        "from" => "起",
        "to" => "至",
        "unit" => "单位",
        "person" => "人员",
        "name" => "名称",
        "given_by" => "交出单位",
        "reason" => "原因",
        "note" => "备注",
        "text" => "内容",
        "kind" => "种类",
        "level" => "层级",
        "number" => "编号",
        "what" => "事项",
        "answer" => "答复",
        "result" => "结果",
        "requested_at" => "申请时间",
        "standing" => "状态",
        "submitted_by" => "提交人",
        "judged_by" => "审批人",
        "judged_at" => "审批时间",
        "proposed_by" => "提出人",
        "recorded_by" => "记录人",
        "facts" => "事实",
        "role" => "身份",
        "cause" => "起因",
        "outcome" => "结果",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
