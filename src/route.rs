//! The addresses of the app: one parser, one printer. Nothing personal stands in an address.

/// A screen, with what it needs to know to show itself after a reload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    Home,
    /// Choose a procedure.
    Choose,
    /// Choose the case of the procedure with this code.
    Case(String),
    /// The checklist of one case: code, the portal's ids of the place and of the case.
    Check(String, i64, i64),
    /// A draft on this device, at one of its steps.
    Draft(String, Step),
    /// Look up dossiers.
    Follow,
    /// One dossier that is followed: an id of this device's, or the portal's for a signed-in citizen.
    Followed(String),
    Feedback,
    /// What this device holds.
    Device,
    /// Take in a draft from another device.
    Receive,
    /// Photograph papers for a dossier that a device at the counter has begun: the portal's id.
    Relay(i64),
    /// Take a number for the queue at the counter.
    Ticket,
    /// Say how content one is with the office's service.
    Rate,
    /// Sign in on one's own phone, for a device at the counter.
    Lend,
    /// The staff's page of a kiosk.
    Staff,
    /// What the citizen at a helper's desk sees of what is being filled in.
    Mirror,
    /// No screen has this address.
    Nowhere,
}

/// A step of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Papers,
    /// The pages of the paper for this part.
    Pages(String),
    People,
    Review,
    /// Lock it, move it, delete it.
    Keep,
    Receipt,
}

impl Route {
    /// Reads the path of an address. Anything that no screen answers is `Nowhere`.
    pub fn parse(path: &str) -> Route {
        let parts: Vec<&str> =
            path.split(['?', '#']).next().unwrap_or("").split('/').filter(|part| !part.is_empty()).collect();
        let known = |route: Option<Route>| route.unwrap_or(Route::Nowhere);
        match parts[..] {
            [] => Route::Home,
            ["thu-tuc"] => Route::Choose,
            ["thu-tuc", code] => known(token(code).map(Route::Case)),
            ["thu-tuc", code, place, case] => known(check(code, place, case)),
            ["ho-so", draft, ref step @ ..] => known(draft_step(draft, step)),
            ["tra-cuu"] => Route::Follow,
            ["tra-cuu", id] => known(token(id).map(Route::Followed)),
            ["phan-anh"] => Route::Feedback,
            ["may-nay"] => Route::Device,
            ["nhan-ho-so"] => Route::Receive,
            ["chup-ho", dossier] => known(dossier.parse().ok().map(Route::Relay)),
            ["lay-so"] => Route::Ticket,
            ["danh-gia"] => Route::Rate,
            ["cho-quay"] => Route::Lend,
            ["nhan-vien"] => Route::Staff,
            ["guong"] => Route::Mirror,
            _ => Route::Nowhere,
        }
    }

    /// Whether the screen is in the first download (the way in) or in the second (the rest of the journey). The page's
    /// boot file chooses by the same addresses.
    pub fn is_front(&self) -> bool {
        matches!(self, Route::Home | Route::Choose)
    }

    /// The path of the address.
    pub fn path(&self) -> String {
        match self {
            Route::Home | Route::Nowhere => "/".to_owned(),
            Route::Choose => "/thu-tuc".to_owned(),
            Route::Case(code) => format!("/thu-tuc/{code}"),
            Route::Check(code, place, case) => format!("/thu-tuc/{code}/{place}/{case}"),
            Route::Draft(draft, step) => match step {
                Step::Papers => format!("/ho-so/{draft}/giay-to"),
                Step::Pages(part) => format!("/ho-so/{draft}/giay-to/{part}"),
                Step::People => format!("/ho-so/{draft}/nguoi-nop"),
                Step::Review => format!("/ho-so/{draft}/gui"),
                Step::Keep => format!("/ho-so/{draft}/giu"),
                Step::Receipt => format!("/ho-so/{draft}/bien-nhan"),
            },
            Route::Follow => "/tra-cuu".to_owned(),
            Route::Followed(id) => format!("/tra-cuu/{id}"),
            Route::Feedback => "/phan-anh".to_owned(),
            Route::Device => "/may-nay".to_owned(),
            Route::Receive => "/nhan-ho-so".to_owned(),
            Route::Relay(dossier) => format!("/chup-ho/{dossier}"),
            Route::Ticket => "/lay-so".to_owned(),
            Route::Rate => "/danh-gia".to_owned(),
            Route::Lend => "/cho-quay".to_owned(),
            Route::Staff => "/nhan-vien".to_owned(),
            Route::Mirror => "/guong".to_owned(),
        }
    }
}

fn check(code: &str, place: &str, case: &str) -> Option<Route> {
    Some(Route::Check(token(code)?, place.parse().ok()?, case.parse().ok()?))
}

fn draft_step(draft: &str, step: &[&str]) -> Option<Route> {
    let step = match step {
        ["giay-to"] => Step::Papers,
        ["giay-to", part] => Step::Pages(token(part)?),
        ["nguoi-nop"] => Step::People,
        ["gui"] => Step::Review,
        ["giu"] => Step::Keep,
        ["bien-nhan"] => Step::Receipt,
        _ => return None,
    };
    Some(Route::Draft(token(draft)?, step))
}

/// A code or id as it may stand in an address: letters, digits, dots, dashes; nothing else is one of ours.
fn token(text: &str) -> Option<String> {
    let fits = text.len() <= 64 && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_printed_and_parsed_back() {
        let id = "0b0b6a0e-2f5e-4f4c-9b3e-0a4f6d1c2e11".to_owned();
        let mut routes = vec![
            Route::Home,
            Route::Choose,
            Route::Case("1.116501".into()),
            Route::Check("1.116501".into(), 12, 9),
            Route::Follow,
            Route::Followed("77602".into()),
            Route::Feedback,
            Route::Device,
            Route::Receive,
            Route::Relay(77602),
            Route::Ticket,
            Route::Rate,
            Route::Lend,
            Route::Staff,
            Route::Mirror,
        ];
        for step in [Step::Papers, Step::Pages("TP01".into()), Step::People, Step::Review, Step::Keep, Step::Receipt] {
            routes.push(Route::Draft(id.clone(), step));
        }
        for route in routes {
            assert_eq!(Route::parse(&route.path()), route);
        }
    }

    #[test]
    fn strange_addresses_lead_nowhere() {
        for path in ["/x", "/thu-tuc/1.1/a/b", "/ho-so/1", "/ho-so/../x", "/thu-tuc/<script>", "/ho-so/1/giay-to/a/b"] {
            assert_eq!(Route::parse(path), Route::Nowhere, "{path}");
        }
        assert_eq!(Route::parse("/tra-cuu/?x=1#y"), Route::Follow);
    }
}
