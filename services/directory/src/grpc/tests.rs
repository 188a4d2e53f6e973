//! In earnest, nobody moves the clock.

use super::*;
use platform::{CommonConfig, generate_keys};
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn a_real_clock_is_not_moved() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = CommonConfig::default();
    config.identity.signing_key_file = folder.path().join("identity.pem");
    config.identity.verifying_key_file = folder.path().join("identity.pub.pem");
    generate_keys(&config.identity).expect("keys");
    assert!(!config.clock.simulated);
    let stop = CancellationToken::new();
    let context = Context::connect(&config, stop).await.expect("a context");
    let credentials = Credentials::open(&folder.path().join("credentials.sqlite")).expect("a file");
    let service = DirectoryService::new(context, credentials, "2020".to_owned());
    let request = Request::new(AdvanceClockRequest { seconds: 60 });
    let refused = service.advance_clock(request).await.expect_err("refused");
    assert_eq!(refused.message(), refuse(PlatformRefusal::ClockIsReal).message());
}
