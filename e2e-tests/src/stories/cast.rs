//! The people who play: signed in once, with their offices.

use crate::people::Staff;
use crate::town::Town;

/// 胡集镇, where the sites of the stories lie.
pub const TOWNSHIP: &str = "321322102";
/// 沭阳县
pub const COUNTY: &str = "321322";

/// Everybody that the two long stories need.
#[derive(Clone, Debug)]
pub struct Cast {
    pub admin: Staff,
    pub dispatcher: Staff,
    /// 承办人 of the township.
    pub handler: Staff,
    /// 第一责任人 of the township.
    pub leader: Staff,
    pub county_handler: Staff,
    pub county_leader: Staff,
    pub city_leader: Staff,
    pub supervisor: Staff,
    pub inspector: Staff,
}

impl Cast {
    pub async fn of(town: &Town) -> Self {
        Self {
            admin: town.staff("admin").await,
            dispatcher: town.staff("dispatcher-city").await,
            handler: town.staff("handler-huji").await,
            leader: town.staff("leader-huji").await,
            county_handler: town.staff("handler-shuyang").await,
            county_leader: town.staff("leader-shuyang").await,
            city_leader: town.staff("leader-city").await,
            supervisor: town.staff("supervisor").await,
            inspector: town.staff("inspector").await,
        }
    }

    /// Who reviews for a level.
    pub fn reviewer(&self, level: &str) -> &Staff {
        match level {
            "township" => &self.leader,
            "county" => &self.county_leader,
            _ => &self.city_leader,
        }
    }
}
