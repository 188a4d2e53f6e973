//! Whoever reaches a service past the gateway, without the identity that the gateway signs, learns nothing and does nothing.

use crate::city::City;
use tonic::client::Grpc;
use tonic::metadata::MetadataValue;
use tonic::transport::Endpoint;
use tonic::{Code, Request};
use tonic_prost::ProstCodec;

/// A call of each service: some that do something, some that tell something.
const CALLS: [(&str, &str); 9] = [
    ("directory", "/mingcha.directory.v1.Directory/RegisterUnit"),
    ("tip-intake", "/mingcha.intake.v1.TipIntake/ReceiveTip"),
    (
        "case-assignment",
        "/mingcha.assignment.v1.CaseAssignment/OpenCase",
    ),
    (
        "disposal-tracking",
        "/mingcha.disposal.v1.DisposalTracking/SubmitSafetyPlan",
    ),
    (
        "accountability-escalation",
        "/mingcha.accountability.v1.Accountability/SubmitExplanation",
    ),
    (
        "result-reporting",
        "/mingcha.reporting.v1.ResultReporting/GiveGuarantee",
    ),
    ("ledger", "/mingcha.ledger.v1.Ledger/ListTips"),
    ("audit-replay", "/mingcha.audit.v1.Audit/ReplayCase"),
    (
        "notification",
        "/mingcha.notification.v1.Notifications/ListNotifications",
    ),
];

/// Neither without an identity nor with one that nobody signed.
pub(super) async fn nobody_without_one_is_answered(city: &City) {
    for (service, path) in CALLS {
        let address = format!("http://127.0.0.1:{}", city.port_of(service));
        let endpoint = Endpoint::from_shared(address).expect("an address");
        let channel = endpoint.connect().await.expect("the service listens");
        for forged in [false, true] {
            let mut request = Request::new(());
            if forged {
                let token = MetadataValue::from_static("Bearer eyJhbGciOiJub25lIn0.e30.");
                request.metadata_mut().insert("authorization", token);
            }
            let mut client = Grpc::new(channel.clone());
            client.ready().await.expect("the service takes calls");
            let path = path.parse().expect("a path");
            let answer = client.unary(request, path, ProstCodec::<(), ()>::default()).await;
            let refused = answer.expect_err(service);
            assert_eq!(refused.code(), Code::Unauthenticated, "{service}: {refused:?}");
        }
    }
}
