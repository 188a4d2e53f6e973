//! The RPC of notification: what was sent, for those who may look; one more attempt at what was given up.

use crate::attempt::{deliver, remember_sent};
use crate::conflicts::Conflicts;
use crate::mailer::{Failure, Mailer};
use crate::outbox::{Entry, Wanted};
use crate::policy::Desk;
use crate::sender::Shared;
use jurisdiction::{Actor, Role};
use mingcha_proto::common::CommandReply;
use mingcha_proto::notification::notifications_server::Notifications;
use mingcha_proto::notification::{
    ListNotificationsRequest, ListNotificationsResponse, ListOwnNotificationsRequest,
    ListOwnNotificationsResponse, Notification as Row, RetryNotificationRequest,
};
use notification_domain::{Addressee, Channel, Delivery, Notification, NotificationRefusal, RetryRefusal};
use platform::{Caller, Context, PlatformRefusal, invalid, load_state, refuse, refuse_with, reply};
use tonic::{Request, Response, Status};
use uuid::Uuid;

const USUAL_PAGE: usize = 50;
const LARGEST_PAGE: usize = 200;

pub struct NotificationService {
    context: Context,
    mailer: Mailer,
    shared: Shared,
    conflicts: Conflicts,
    console_url: String,
}

impl NotificationService {
    pub(crate) fn new(
        context: Context,
        mailer: Mailer,
        (shared, conflicts): (Shared, Conflicts),
        console_url: String,
    ) -> Self {
        Self {
            context,
            mailer,
            shared,
            conflicts,
            console_url,
        }
    }

    /// A page of those that the actor may know of, the number of all, and where the next page begins.
    async fn listed(
        &self,
        actor: &Actor,
        mut wanted: Wanted,
        Page { below, most }: Page,
        with_text: bool,
    ) -> Result<(Vec<Row>, u32, Option<String>), Status> {
        let jurisdiction = self.context.directory.current();
        wanted.hidden = self.conflicts.hidden_from(actor, &jurisdiction);
        let (page, total) = self.shared.with(|outbox| outbox.list(&wanted, below, most));
        let next = match page.last() {
            Some((position, ..)) if page.len() == most => Some(position.to_string()),
            _ => None,
        };
        let mut notifications = Vec::with_capacity(page.len());
        for (_, id, entry) in page {
            notifications.push(self.row(id, entry, with_text).await?);
        }
        Ok((notifications, total as u32, next))
    }

    /// Texts are read from the store: the lists do not keep them.
    async fn row(&self, id: Uuid, entry: Entry, with_text: bool) -> Result<Row, Status> {
        let jurisdiction = self.context.directory.current();
        let desk = Desk {
            jurisdiction: &jurisdiction,
            console_url: &self.console_url,
        };
        let stage = entry.stage().to_owned();
        let Some(mut message) = entry.state.message else {
            return Err(refuse(NotificationRefusal::NotRequested));
        };
        if with_text {
            let (state, _) = load_state::<Notification>(&self.context, &id.to_string()).await?;
            message = state.message.unwrap_or(message);
        }
        let (staff, unit) = match &message.addressee {
            Addressee::Staff { staff } => (Some(staff.to_string()), None),
            Addressee::Unit { unit } => (None, Some(unit.to_string())),
            Addressee::Receipt { .. } => (None, None),
        };
        let sent_at = match entry.state.delivery {
            Delivery::Sent { at } => Some(at.to_string()),
            _ => None,
        };
        Ok(Row {
            notification_id: id.to_string(),
            requested_at: entry.requested_at.to_string(),
            channel: match message.channel {
                Channel::Mail => "mail".to_owned(),
                Channel::Sms => "sms".to_owned(),
            },
            addressee_name: desk.name(&message.addressee),
            template: message.template,
            staff,
            unit,
            about: message.about.to_string(),
            subject: message.subject,
            body: message.body,
            state: stage,
            attempts: entry.state.attempts.into(),
            sent_at,
            next_attempt: match entry.state.delivery {
                Delivery::Waiting { from } => Some(from.to_string()),
                _ => None,
            },
            last_failure: entry.state.last_failure,
        })
    }
}

/// Which part of a list.
struct Page {
    below: Option<u64>,
    most: usize,
}

impl Page {
    fn of(after: &str, limit: u32) -> Result<Self, Status> {
        let position = (!after.is_empty()).then(|| after.parse());
        let below = position
            .transpose()
            .map_err(|_| invalid("after", "请使用上一页给出的值。"))?;
        let most = match limit {
            0 => USUAL_PAGE,
            limit => (limit as usize).min(LARGEST_PAGE),
        };
        Ok(Self { below, most })
    }
}

#[tonic::async_trait]
impl Notifications for NotificationService {
    async fn list_notifications(
        &self,
        request: Request<ListNotificationsRequest>,
    ) -> Result<Response<ListNotificationsResponse>, Status> {
        let actor = Caller::of(&request)?.actor;
        let with_text = match actor.role() {
            Some(Role::Inspector) => true,
            // Health and configuration, no content.
            Some(Role::Admin) => false,
            _ => return Err(refuse(PlatformRefusal::WrongRole)),
        };
        let request = request.into_inner();
        let page = Page::of(&request.after, request.limit)?;
        let (notifications, total, next) = self.listed(&actor, wanted(request)?, page, with_text).await?;
        Ok(Response::new(ListNotificationsResponse {
            notifications,
            total,
            next,
            server_away: self.shared.held_because(),
        }))
    }

    async fn list_own_notifications(
        &self,
        request: Request<ListOwnNotificationsRequest>,
    ) -> Result<Response<ListOwnNotificationsResponse>, Status> {
        let actor = Caller::of(&request)?.actor;
        let Actor::Staff { staff, unit, role } = &actor else {
            return Err(refuse(PlatformRefusal::WrongRole));
        };
        let mut addressees = vec![Addressee::Staff { staff: staff.clone() }];
        // What is sent to a unit is read by those who do its work: not by an administrator, who keeps its system and reads no
        // content, nor by a telephonist, who takes calls and may not open what most of it is about.
        if !matches!(role, Role::Admin | Role::Operator) {
            addressees.push(Addressee::Unit { unit: unit.clone() });
        }
        let request = request.get_ref();
        let page = Page::of(&request.after, request.limit)?;
        let own = Wanted {
            addressees,
            ..Wanted::default()
        };
        let (notifications, total, next) = self.listed(&actor, own, page, true).await?;
        Ok(Response::new(ListOwnNotificationsResponse {
            notifications,
            total,
            next,
        }))
    }

    async fn retry_notification(
        &self,
        request: Request<RetryNotificationRequest>,
    ) -> Result<Response<CommandReply>, Status> {
        let caller = Caller::of(&request)?;
        let Actor::Staff {
            staff,
            role: Role::Admin,
            ..
        } = &caller.actor
        else {
            return Err(refuse(PlatformRefusal::WrongRole));
        };
        let id = Uuid::parse_str(&request.get_ref().notification_id)
            .map_err(|_| refuse(PlatformRefusal::BadIdentifier))?;
        let (state, _) = load_state::<Notification>(&self.context, &id.to_string()).await?;
        let Some(message) = &state.message else {
            return Err(refuse(NotificationRefusal::NotRequested));
        };
        if !matches!(state.delivery, Delivery::Abandoned { .. }) || message.channel != Channel::Mail {
            return Err(refuse(RetryRefusal::NotAbandoned));
        }
        let jurisdiction = self.context.directory.current();
        match deliver(&self.mailer, id, message, &jurisdiction).await {
            Ok(provider_id) => {
                // Sending is the system's act; that it was asked for, and by whom, stays with it.
                let policy = format!("notification/retry-asked-by/{staff}");
                let done = remember_sent(&self.context, id, &state, provider_id, &policy).await;
                Ok(Response::new(reply(&id.to_string(), done)))
            }
            Err(Failure::Refused { reason, .. }) => Err(refuse_with(RetryRefusal::NotDelivered, &reason)),
            Err(Failure::ServerAway(reason)) => Err(refuse_with(RetryRefusal::ServerAway, &reason)),
        }
    }
}

fn wanted(request: ListNotificationsRequest) -> Result<Wanted, Status> {
    if let Some(state) = &request.state
        && !["waiting", "sent", "abandoned"].contains(&state.as_str())
    {
        return Err(invalid("state", "可选：waiting、sent、abandoned。"));
    }
    let about = request
        .about
        .map(|about| about.parse().map_err(|rule| invalid("about", rule)))
        .transpose()?;
    let staff = request
        .staff
        .map(|staff| staff.parse().map_err(|rule| invalid("staff", rule)))
        .transpose()?;
    let unit = request
        .unit
        .map(|unit| unit.parse().map_err(|rule| invalid("unit", rule)))
        .transpose()?;
    let addressees = match (staff, unit) {
        (Some(_), Some(_)) => return Err(invalid("unit", "人员和单位只能选一个。")),
        (Some(staff), None) => vec![Addressee::Staff { staff }],
        (None, Some(unit)) => vec![Addressee::Unit { unit }],
        (None, None) => vec![],
    };
    Ok(Wanted {
        state: request.state,
        about,
        addressees,
        ..Wanted::default()
    })
}
