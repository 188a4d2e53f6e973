//! Every story against a city of its own, one at a time.

use e2e_tests::{City, Collector, stories};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_tip_ends_in_a_closed_case_and_a_filed_report() {
    let city = City::start().await;
    let case = stories::all_goes_well(&city.town).await;
    stories::replayed_in_a_terminal(&city, &case).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn missed_deadlines_climb_the_ladder_and_a_relapse_is_a_new_case() {
    let city = City::start().await;
    stories::misses_deadlines_and_relapses(&city.town).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tips_arrive_by_program_by_sms_and_by_telephone() {
    let city = City::start().await;
    stories::tips_arrive_on_every_channel(&city).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn bad_input_is_refused_in_chinese_and_never_a_500() {
    let city = City::start().await;
    stories::bad_input(&city).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_part_can_go_down_and_come_back() {
    let city = City::start().await;
    stories::parts_go_down(&city).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_service_can_go_down_and_come_back() {
    let city = City::start().await;
    stories::services_go_down(&city).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_history_from_an_older_backup_is_published_and_listed_anew() {
    let city = City::start().await;
    stories::an_older_backup_is_put_back(&city).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_part_that_hangs_is_as_good_as_away() {
    let city = City::start().await;
    stories::parts_hang(&city).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn screens_keep_themselves_up_to_date_and_a_rebuilt_ledger_is_equal() {
    let city = City::start().await;
    stories::live_screens(&city).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_that_points_at_a_reporter_is_stored_in_the_clear() {
    let collector = Collector::start().await;
    let city = City::start_observed(Some(&collector.endpoint)).await;
    stories::no_personal_data_in_clear(&city, &collector).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_click_is_one_trace_through_every_service() {
    let collector = Collector::start().await;
    let city = City::start_observed(Some(&collector.endpoint)).await;
    stories::one_trace(&city, &collector).await;
    city.start_service("tip-intake").await;
    city.start_service("case-assignment").await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_whole_city_runs_in_one_terminal_and_finds_everything_again() {
    stories::the_whole_city_in_one_terminal().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_acknowledged_survives_kill_nine_once() {
    let city = City::start().await;
    stories::kill_nine(&city, 32).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_identity_is_opened_by_two_persons_and_the_reporter_reads_of_it() {
    let city = City::start().await;
    stories::identity_opened(&city).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_a_reporter_destroys_is_gone_and_the_history_is_whole() {
    let city = City::start().await;
    stories::reporter_erased(&city).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_returns_end_in_a_designation() {
    let city = City::start().await;
    stories::returned_twice(&city.town).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_clean_site_that_was_none_is_concealment() {
    let city = City::start().await;
    stories::clean_then_confirmed(&city.town).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_deadline_over_the_october_holiday_counts_days_of_work() {
    let city = City::start().await;
    stories::october_holiday(&city.town).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_relapse_after_ninety_days_is_found_by_looking_again() {
    let city = City::start().await;
    stories::relapse_after_ninety_days(&city.town).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_official_who_leaves_stays_named_and_the_successor_answers() {
    let city = City::start().await;
    stories::official_rotated(&city.town).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn duplicate_tips_are_merged_and_taken_apart_again() {
    let city = City::start().await;
    stories::duplicates_merged_and_unmerged(&city.town).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_tip_about_the_head_of_a_township_is_nowhere_for_the_township() {
    let city = City::start().await;
    stories::against_the_head(&city.town).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_not_fixed_is_taken_up_again() {
    let city = City::start().await;
    stories::not_fixed(&city.town).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_a_county_turns_down_the_city_takes_up_after_all() {
    let city = City::start().await;
    stories::turned_down_and_taken_up_after_all(&city.town).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lists_are_taken_away_as_files_and_it_stands_on_record() {
    let city = City::start().await;
    stories::lists_are_taken_away(&city.town).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_doubtful_site_is_none_after_all_says_the_county() {
    let city = City::start().await;
    stories::none_after_all(&city.town).await;
    city.has_a_whole_history().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_lot_in_two_counties_is_drawn_again_by_a_stranger() {
    let city = City::start().await;
    stories::drawn_in_two_counties(&city.town).await;
    city.has_a_whole_history().await;
}
