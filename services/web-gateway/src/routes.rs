//! The table of the JSON API: one entry a command or query; routes and OpenAPI both come from it.

use crate::edge::{Edge, Parts, Services, Shared};
use crate::handling::{self, Handler};
use crate::limits::Bucket;
use crate::problem::Problem;
use crate::query::Shape;
use crate::{api, console, health, middleware, openapi, pages, sms};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use axum::routing::{MethodFilter, get, on};
use axum::{Json, Router};
use jurisdiction::Role;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use utoipa::ToSchema;

/// Enough for any command without pictures.
const ORDINARY_BODY: usize = 1024 * 1024;

/// Who may ask.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Access {
    /// Staff in one of these roles; the first that somebody holds is the one in which they act.
    Staff(&'static [Role]),
    /// Anybody, so and so often.
    Citizen(Bucket),
    /// Anybody; the handler looks for itself.
    Open,
}

/// What an entry says of itself.
pub(crate) struct Doc {
    pub method: Method,
    pub path: &'static str,
    pub summary: &'static str,
    pub tag: &'static str,
    pub access: Access,
    pub request: Shape,
    pub answer: AnswerDoc,
    pub largest_body: usize,
    /// The field whose file may also come in a multipart form.
    pub file: Option<&'static str>,
    /// A field that has one value here, whatever is sent.
    pub forced: Option<(&'static str, &'static str)>,
    /// A field that has one of few values here.
    pub limited: Option<(&'static str, &'static [&'static str])>,
}

/// What an entry answers with.
pub(crate) enum AnswerDoc {
    Json(StatusCode, Box<Shape>),
    Picture,
    Recording,
    /// A file to be saved.
    File,
    /// Server-sent events, each with such a message.
    Events(Box<Shape>),
    /// A document to be looked at and printed.
    Page,
    Nothing,
}

/// One line of the table.
pub(crate) struct Entry {
    pub doc: Arc<Doc>,
    pub handler: Handler,
}

/// Entries under one heading, open to the same people.
#[derive(Clone, Copy)]
pub(crate) struct Section {
    tag: &'static str,
    access: Access,
}

impl Section {
    pub(crate) const fn staff(tag: &'static str, roles: &'static [Role]) -> Self {
        Self {
            tag,
            access: Access::Staff(roles),
        }
    }
    pub(crate) const fn of(tag: &'static str, access: Access) -> Self {
        Self { tag, access }
    }
    pub(crate) fn post(&self, path: &'static str, summary: &'static str) -> Draft {
        self.draft(Method::POST, path, summary)
    }
    pub(crate) fn get(&self, path: &'static str, summary: &'static str) -> Draft {
        self.draft(Method::GET, path, summary)
    }
    pub(crate) fn delete(&self, path: &'static str, summary: &'static str) -> Draft {
        self.draft(Method::DELETE, path, summary)
    }
    fn draft(&self, method: Method, path: &'static str, summary: &'static str) -> Draft {
        Draft(Doc {
            method,
            path,
            summary,
            tag: self.tag,
            access: self.access,
            request: Shape::of::<handling::NoFields>(),
            answer: AnswerDoc::Nothing,
            largest_body: ORDINARY_BODY,
            file: None,
            forced: None,
            limited: None,
        })
    }
}

/// An entry that does nothing yet.
pub(crate) struct Draft(Doc);

impl Draft {
    /// Other roles than the section's.
    pub(crate) fn roles(mut self, roles: &'static [Role]) -> Self {
        self.0.access = Access::Staff(roles);
        self
    }
    pub(crate) fn largest_body(mut self, bytes: usize) -> Self {
        self.0.largest_body = bytes;
        self
    }
    /// The request may also come as a form, with a file in that field.
    pub(crate) fn takes_file(mut self, field: &'static str) -> Self {
        self.0.file = Some(field);
        self
    }
    pub(crate) fn forcing(mut self, field: &'static str, value: &'static str) -> Self {
        self.0.forced = Some((field, value));
        self
    }
    pub(crate) fn limiting(mut self, field: &'static str, values: &'static [&'static str]) -> Self {
        self.0.limited = Some((field, values));
        self
    }

    /// Calls a service and answers 200 with its reply as JSON. See [`crate::rpc`].
    pub(crate) fn calls<Q, A, F, W>(self, call: F) -> Entry
    where
        Q: DeserializeOwned + ToSchema + Send + 'static,
        A: Serialize + ToSchema + Send + 'static,
        F: Fn(Services, tonic::Request<Q>) -> W + Send + Sync + 'static,
        W: Future<Output = Result<tonic::Response<A>, tonic::Status>> + Send + 'static,
    {
        let answer = AnswerDoc::Json(StatusCode::OK, Box::new(Shape::of::<A>()));
        self.calls_and_answers(call, answer, |reply| handling::json(StatusCode::OK, &reply))
    }

    /// Calls a service and answers 201 with what `B` makes of the reply.
    pub(crate) fn creates<B, Q, A, F, W>(self, call: F) -> Entry
    where
        B: From<A> + Serialize + ToSchema,
        Q: DeserializeOwned + ToSchema + Send + 'static,
        A: Send + 'static,
        F: Fn(Services, tonic::Request<Q>) -> W + Send + Sync + 'static,
        W: Future<Output = Result<tonic::Response<A>, tonic::Status>> + Send + 'static,
    {
        let answer = AnswerDoc::Json(StatusCode::CREATED, Box::new(Shape::of::<B>()));
        self.calls_and_answers(call, answer, |reply| {
            handling::json(StatusCode::CREATED, &B::from(reply))
        })
    }

    /// Calls a service and answers as `render` likes.
    pub(crate) fn calls_and_answers<Q, A, F, W>(
        mut self,
        call: F,
        answer: AnswerDoc,
        render: fn(A) -> Response,
    ) -> Entry
    where
        Q: DeserializeOwned + ToSchema + Send + 'static,
        A: Send + 'static,
        F: Fn(Services, tonic::Request<Q>) -> W + Send + Sync + 'static,
        W: Future<Output = Result<tonic::Response<A>, tonic::Status>> + Send + 'static,
    {
        self.0.request = Shape::of::<Q>();
        self.0.answer = answer;
        let doc = Arc::new(self.0);
        Entry {
            handler: handling::calling(Arc::clone(&doc), call, render),
            doc,
        }
    }

    /// Something of the edge itself: the message is read in the same way, then `work` answers.
    pub(crate) fn works<Q, F, W>(mut self, answer: AnswerDoc, work: F) -> Entry
    where
        Q: DeserializeOwned + ToSchema + Send + 'static,
        F: Fn(Edge, handling::Asked<Q>) -> W + Send + Sync + 'static,
        W: Future<Output = Result<Response, Problem>> + Send + 'static,
    {
        self.0.request = Shape::of::<Q>();
        self.0.answer = answer;
        let doc = Arc::new(self.0);
        Entry {
            handler: handling::working(Arc::clone(&doc), work),
            doc,
        }
    }
}

/// The call of an entry: `rpc!(tip_intake.accept_tip(AcceptTipRequest))`.
#[macro_export]
#[doc(hidden)]
macro_rules! rpc {
    ($service:ident . $method:ident ($message:ty)) => {
        |services: $crate::edge::Services, request: tonic::Request<$message>| async move {
            services.$service().$method(request).await
        }
    };
}

/// Everything that is served.
///
/// # Errors
/// If a configured address is malformed.
pub fn router(parts: Parts) -> Result<Router, String> {
    let edge = Shared::new(parts)?;
    let entries = api::entries();
    let document = openapi::build(&entries);
    let mut router = Router::new().route("/api/openapi.json", get(move || async move { Json(document) }));
    for entry in entries {
        router = router.route(entry.doc.path, route_of(entry));
    }
    let router = router
        .merge(health::routes())
        .merge(sms::routes())
        .merge(pages::routes())
        .merge(console::routes())
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        // Every handler limits its own body, by what it is for.
        .layer(DefaultBodyLimit::disable());
    Ok(middleware::around(router, &edge).with_state(edge))
}

fn route_of(entry: Entry) -> axum::routing::MethodRouter<Edge> {
    let filter = MethodFilter::try_from(entry.doc.method.clone()).unwrap_or(MethodFilter::GET);
    on(filter, move |State(edge): State<Edge>, request: Request| {
        (entry.handler)(edge, request)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn no_two_entries_are_the_same_and_all_are_described() {
        let mut seen = BTreeSet::new();
        for entry in api::entries() {
            let doc = &entry.doc;
            assert!(
                seen.insert((doc.path, doc.method.to_string())),
                "{} twice",
                doc.path
            );
            assert!(!doc.summary.is_ascii() && !doc.tag.is_ascii(), "{}", doc.path);
            assert!(doc.path.starts_with("/api/v1/"), "{}", doc.path);
        }
    }
    /// What the domains never let somebody do is not offered: one line for each role that may act on cases, disposals and
    /// draws, in the order of the code.
    #[test]
    fn cases_and_disposals_are_open_to_whom_the_domains_may_answer() {
        use Role::{Dispatcher, Handler, Inspector, Leader, Supervisor};
        let expected: &[(&str, &[Role])] = &[
            ("cases", &[Dispatcher, Supervisor]),
            (
                "cases/{case_id}/assign",
                &[Dispatcher, Leader, Handler, Inspector],
            ),
            (
                "cases/{case_id}/co-handlers",
                &[Dispatcher, Leader, Handler, Inspector],
            ),
            (
                "cases/{case_id}/co-handlers/remove",
                &[Dispatcher, Leader, Handler, Inspector],
            ),
            ("cases/{case_id}/acknowledge", &[Handler, Leader, Dispatcher]),
            ("cases/{case_id}/return", &[Handler, Leader, Dispatcher]),
            ("cases/{case_id}/designate", &[Dispatcher, Inspector]),
            ("cases/{case_id}/reassign", &[Dispatcher, Inspector]),
            ("cases/{case_id}/merge", &[Dispatcher, Inspector]),
            ("cases/{case_id}/inspections", &[Handler, Leader]),
            (
                "cases/{case_id}/identification-request",
                &[Handler, Leader, Dispatcher],
            ),
            ("cases/{case_id}/identification", &[Handler, Leader]),
            ("cases/{case_id}/classification", &[Handler, Leader]),
            ("cases/{case_id}/clean-review", &[Leader]),
            ("cases/{case_id}/reopen", &[Dispatcher, Leader, Supervisor]),
            ("cases/{case_id}/extensions/grant", &[Leader]),
            ("cases/{case_id}/extensions/refuse", &[Leader]),
            ("disposals/{case_id}/safety-plan", &[Handler, Leader]),
            ("disposals/{case_id}/safety-plan/approve", &[Leader]),
            ("disposals/{case_id}/safety-plan/reject", &[Leader]),
            ("disposals/{case_id}/measures", &[Handler, Leader]),
            ("disposals/{case_id}/referrals", &[Handler, Leader]),
            ("disposals/{case_id}/referral-answers", &[Handler, Leader]),
            ("disposals/{case_id}/review/pass", &[Leader, Supervisor]),
            ("disposals/{case_id}/review/fail", &[Leader, Supervisor]),
            ("disposals/{case_id}/spot-check/draw", &[Supervisor]),
            ("disposals/{case_id}/spot-check/pass", &[Supervisor]),
            ("disposals/{case_id}/spot-check/fail", &[Supervisor]),
            ("disposals/{case_id}/rechecks", &[Supervisor, Handler, Leader]),
            (
                "disposals/{case_id}/relapse",
                &[Supervisor, Handler, Leader, Dispatcher],
            ),
            ("disposals/{case_id}/exposure", &[Handler, Leader, Supervisor]),
            ("disposals/{case_id}/exposure/publish", &[Leader]),
            ("disposals/{case_id}/exposure/withdraw", &[Leader]),
            ("draws/{draw_id}/announce", &[Supervisor]),
            ("draws/{draw_id}/make", &[Supervisor]),
            ("draws/{draw_id}/cancel", &[Supervisor, Leader]),
        ];
        let offered: BTreeMap<_, _> = api::entries()
            .into_iter()
            .filter(|entry| entry.doc.method == Method::POST)
            .filter_map(|entry| match entry.doc.access {
                Access::Staff(roles) => Some((entry.doc.path, roles)),
                Access::Citizen(_) | Access::Open => None,
            })
            .collect();
        for (path, roles) in expected {
            let path = format!("/api/v1/{path}");
            assert_eq!(offered.get(path.as_str()), Some(roles), "{path}");
        }
    }
    #[test]
    fn every_path_parameter_is_a_field_of_its_message() {
        for entry in api::entries() {
            let doc = &entry.doc;
            for name in openapi::path_parameters(doc.path) {
                assert!(doc.request.properties().contains_key(name), "{} {name}", doc.path);
            }
        }
    }
    #[test]
    fn every_name_of_a_message_means_one_message() {
        let mut known = BTreeMap::new();
        let shapes = api::entries().into_iter().flat_map(|entry| {
            let answer = match &entry.doc.answer {
                AnswerDoc::Json(_, shape) | AnswerDoc::Events(shape) => Some((**shape).clone()),
                AnswerDoc::Picture
                | AnswerDoc::Recording
                | AnswerDoc::File
                | AnswerDoc::Page
                | AnswerDoc::Nothing => None,
            };
            [Some(entry.doc.request.clone()), answer]
        });
        for (name, schema) in shapes.flatten().flat_map(|shape| shape.components) {
            let before = known.insert(name.clone(), schema.clone());
            assert!(
                before.is_none_or(|before| before == schema),
                "two messages are called {name}: rename one in its proto"
            );
        }
    }
}
