//! Does a published draw of spot checks again: a stranger's check, from the public list alone.

use disposal_tracking::redraw;
use mingcha_proto::disposal::GetDrawResponse;

/// Prints what list and seed lead to, and whether it is what was published.
///
/// # Errors
/// If it cannot be read, or is not equal.
pub(crate) async fn run(draw: &str) -> Result<(), String> {
    let text = match draw.starts_with("http://") || draw.starts_with("https://") {
        true => fetch(draw).await?,
        false => std::fs::read_to_string(draw).map_err(|error| format!("{draw}: {error}"))?,
    };
    let published: GetDrawResponse =
        serde_json::from_str(&text).map_err(|error| format!("{draw}: {error}"))?;
    let again = redraw(&published)?;
    println!("第 {} 次抽签，种子来源：{}", published.round, published.source);
    println!("名单摘要：{}", again.digest);
    match &published.seed {
        Some(seed) => println!("随机种子：{seed}"),
        None => println!("随机种子还没有公布，只能核对名单摘要。"),
    }
    for (county, cases) in &again.chosen {
        println!("{county}：抽中 {} 处", cases.len());
        for case in cases {
            println!("  {case}");
        }
    }
    match (again.same_digest, again.same_choice) {
        (true, true) => {
            println!("一致：名单和结果与公布的相同。");
            Ok(())
        }
        (false, _) => Err("不一致：公布的摘要不是这份名单的摘要。".to_owned()),
        (true, false) => Err("不一致：公布的结果不是由名单和种子得出的。".to_owned()),
    }
}

async fn fetch(address: &str) -> Result<String, String> {
    let answer = reqwest::get(address).await.map_err(|error| error.to_string())?;
    let answer = answer.error_for_status().map_err(|error| error.to_string())?;
    answer.text().await.map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingcha_proto::disposal::DrawStratum;

    /// Eight sites of two counties; the same numbers as in the lot's own test, which another program came to as well.
    fn published(chosen: [&[u128]; 2]) -> GetDrawResponse {
        let stratum = |county: &str, numbers: &[u128]| DrawStratum {
            county: county.to_owned(),
            case_ids: numbers
                .iter()
                .map(|number| uuid::Uuid::from_u128(*number).to_string())
                .collect(),
        };
        GetDrawResponse {
            round: 1,
            list: vec![stratum("321302", &[0, 1, 2]), stratum("321311", &[3, 4, 5, 6, 7])],
            digest: "3770751fd23fbdf9f62d47a5faf31c28a45a0312a871e70fc9acd1c3ef85d801".to_owned(),
            percent: 40,
            at_least: 1,
            seed: Some("2020-08-03 双色球 03 07 12 19 22 30 05".to_owned()),
            chosen: vec![stratum("321302", chosen[0]), stratum("321311", chosen[1])],
            ..GetDrawResponse::default()
        }
    }
    async fn checked(draw: &GetDrawResponse) -> Result<(), String> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("draw.json");
        std::fs::write(&file, serde_json::to_string(draw).expect("JSON")).expect("a file");
        run(file.to_str().expect("a path")).await
    }

    #[tokio::test]
    async fn a_true_draw_is_equal_and_a_swapped_site_is_found() {
        assert_eq!(checked(&published([&[0, 2], &[4, 7]])).await, Ok(()));
        let swapped = checked(&published([&[0, 1], &[4, 7]])).await;
        assert!(swapped.expect_err("not equal").contains("公布的结果"));
    }
    #[tokio::test]
    async fn a_site_left_off_the_list_is_found_by_the_digest() {
        let mut draw = published([&[0, 2], &[4, 7]]);
        draw.list[1].case_ids.pop();
        assert!(checked(&draw).await.expect_err("not equal").contains("摘要"));
    }
}
