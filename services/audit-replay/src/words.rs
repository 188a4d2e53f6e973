//! Durations, moments and actors in words.

use jiff::Timestamp;
use jurisdiction::{Actor, Jurisdiction, campaign_time};
use mingcha_proto::audit::ReplayActor;

/// The two largest parts: `3 天 4 小时`, `5 分钟`, `20 秒`.
pub(crate) fn duration(seconds: i64) -> String {
    let left = seconds.max(0);
    let parts = [(86_400, "天"), (3_600, "小时"), (60, "分钟"), (1, "秒")];
    let first = parts.iter().position(|(unit, _)| left >= *unit).unwrap_or(3);
    let (unit, name) = parts[first];
    let mut words = format!("{} {name}", left / unit);
    if let Some((lesser, lesser_name)) = parts.get(first + 1).filter(|_| first < 2) {
        let rest = left % unit / lesser;
        if rest > 0 {
            words.push_str(&format!(" {rest} {lesser_name}"));
        }
    }
    words
}

/// In the time of Suqian, to the second.
pub(crate) fn moment(at: Timestamp) -> String {
    campaign_time(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// As people would say who it was; officials stay named after they left.
pub(crate) fn actor(actor: &Actor, jurisdiction: &Jurisdiction) -> ReplayActor {
    match actor {
        Actor::Staff { staff, unit, role } => {
            let name = jurisdiction
                .staff
                .get(staff)
                .map_or_else(|| staff.to_string(), |member| member.name.clone());
            let unit_name = jurisdiction.unit_name(unit);
            ReplayActor {
                kind: "staff".to_owned(),
                text: format!("{unit_name} {name}（{}）", role.in_chinese()),
                account: Some(staff.to_string()),
                name: Some(name),
                unit: Some(unit.to_string()),
                unit_name: Some(unit_name),
                role: Some(role.code().to_owned()),
                role_title: Some(role.in_chinese().to_owned()),
                policy: None,
            }
        }
        Actor::Citizen => ReplayActor {
            kind: "citizen".to_owned(),
            text: "群众".to_owned(),
            ..ReplayActor::default()
        },
        Actor::System { policy } => ReplayActor {
            kind: "system".to_owned(),
            text: format!("系统规则 {policy}"),
            policy: Some(policy.clone()),
            ..ReplayActor::default()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_have_two_parts_at_most() {
        let spoken: Vec<_> = [0, 59, 60, 3_661, 86_400, 273_600].map(duration).into();
        assert_eq!(
            spoken,
            ["0 秒", "59 秒", "1 分钟", "1 小时 1 分钟", "1 天", "3 天 4 小时"]
        );
    }
}
