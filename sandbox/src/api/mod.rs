//! The OpenCPS API, one file a section. Every handler speaks the tidy form: real arrays, real numbers.

pub mod actions;
pub mod applicants;
pub mod bookings;
pub mod calls;
pub mod captcha;
pub mod configs;
pub mod dictionaries;
pub mod documents;
pub mod dossiers;
pub mod employees;
pub mod errors;
pub mod files;
pub mod gateway;
pub mod logs;
pub mod marks;
pub mod notifications;
pub mod payment;
pub mod proxy;
pub mod questions;
pub mod services;
pub mod sessions;
pub mod statistics;
pub mod templates;
pub mod uploads;
pub mod votings;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{delete, get, post, put};

use crate::server::App;
use errors::Failure;

/// Everything under `/o`.
pub fn router() -> Router<App> {
    Router::new()
        .nest("/o/rest/v2", rest_v2())
        .nest("/o/secure/rest/v2", rest_v2())
        .nest("/o/v1/opencps", web_app())
        .route("/o/pgi/kpdvcqg/createtransaction", post(gateway::open))
        .route("/o/pgi/ban-mau/{uid}", get(gateway::page).post(gateway::pay))
        .route("/o/rest/statistics", get(statistics::published))
        .route("/o/rest/statistics/votings", get(statistics::votings))
        .route("/o/rest/statistics/persons", get(statistics::persons))
}

async fn no_such_path() -> Failure {
    Failure::NoSuchPath
}

/// Calls of the portal's web application: sign-in and who-am-I.
fn web_app() -> Router<App> {
    Router::new()
        .route("/login", post(sessions::sign_in))
        .route("/logout", get(sessions::sign_out).post(sessions::sign_out))
        .route("/users/login/jcaptcha", get(captcha::picture))
        .route("/users/{id}", get(sessions::who_am_i))
        .route("/users/avatar/{class}/{id}", get(sessions::avatar))
        .route("/site/name", get(sessions::site_name))
        .route("/is-enabled-sso-login", get(sessions::sso_enabled))
        .fallback(no_such_path)
}

pub fn rest_v2() -> Router<App> {
    let uploads = Router::new()
        .route("/dossiers/{id}/files", get(files::list).post(files::upload))
        .route("/dossiers/{id}/files/{uid}", get(files::download).post(files::replace).delete(files::remove))
        .route(
            "/dossiers/{id}/payments/{uid}/confirmfile",
            put(payment::put_proof).post(payment::put_proof).get(payment::get_proof),
        )
        .route("/dossiers/{id}/payments/{uid}/invoicefile", get(payment::invoice))
        .route("/applicantdatas", get(documents::list).post(documents::add))
        .layer(DefaultBodyLimit::disable());
    Router::new()
        .merge(uploads)
        .route("/ping", get(|| async { "ok" }))
        // sign-in and people
        .route("/login", post(sessions::token))
        .route("/users/login", get(sessions::roles))
        .route("/users/{id}/changepass", post(sessions::change_password))
        .route("/users/{id}/changepass/application", post(sessions::change_password))
        .route("/users/{id}/forgot", get(sessions::forgot))
        .route("/users/{id}/preferences", get(sessions::preferences))
        .route("/users/{id}/preferences/{key}", get(sessions::preference).put(sessions::set_preference))
        .route("/applicants/jcaptcha", get(captcha::picture))
        .route("/applicants/simplecaptcha", get(captcha::simple))
        .route("/applicants/validatecaptcha", post(captcha::validate))
        .route("/bookings/validatecaptcha", post(captcha::validate))
        .route("/applicants", get(applicants::list).post(applicants::register))
        .route("/applicants/withcaptcha", post(applicants::register))
        .route("/applicants/{id}", get(applicants::read).put(applicants::change))
        .route("/applicants/{id}/profile", get(applicants::profile).post(applicants::set_profile))
        .route("/applicants/{id}/profile/{key}", put(applicants::set_profile_key))
        .route("/applicants/{id}/activate/{code}", get(applicants::activate))
        .route("/notifications", get(notifications::list))
        .route("/notifications/count", get(notifications::count))
        .route("/notifications/{id}/mark", post(notifications::mark))
        .route("/notifications/{id}", delete(notifications::remove))
        // the catalogue
        .route("/serviceinfos", get(services::list))
        .route("/serviceinfos/{id}", get(services::read))
        .route("/serviceinfos/{id}/filetemplates", get(services::form_files))
        .route("/serviceinfos/{id}/filetemplates/{no}", get(services::form_file))
        .route("/serviceinfos/statistics/agencies", get(services::by_agency))
        .route("/serviceinfos/statistics/domains", get(services::by_domain))
        .route("/serviceinfos/statistics/levels", get(services::by_level))
        .route("/serviceinfos/statistic/recently", get(services::recently))
        .route("/onegate/serviceconfigs/govagencies", get(configs::agencies_counted))
        .route("/serviceconfigs", get(configs::list))
        .route("/serviceconfigs/{id}", get(configs::read))
        .route("/serviceconfigs/{id}/processes", get(configs::processes))
        .route("/serviceconfigs/govagencies", get(configs::agencies_with_domains))
        .route("/serviceconfigs/domains", get(configs::domains))
        .route("/serviceconfigs/pubish/{code}/domains", get(configs::domains_of))
        .route("/serviceconfigs/statistics/govagencies", get(configs::agencies))
        .route("/dictcollections/{collection}/dictitems", get(dictionaries::list))
        .route("/dictcollections/{collection}/dictitems/{code}", get(dictionaries::read))
        .route("/dictcollections/{collection}/dictgroups/{group}/dictitems", get(dictionaries::of_group))
        .route("/dossiertemplates/{id}", get(templates::read))
        .route("/dossiertemplates/{id}/parts", get(templates::parts))
        .route("/dossiertemplates/{id}/parts/{part}/formscript", get(templates::no_script))
        .route("/dossiertemplates/{id}/parts/{part}/formreport", get(templates::no_script))
        .route("/dossiertemplates/{id}/parts/{part}/sampledata", get(templates::no_sample))
        // dossiers
        .route("/dossiers", get(dossiers::search).post(dossiers::create))
        .route("/dossiers/searchDossierNo", get(dossiers::search_by_number))
        .route("/dossiers/publish/searchDossiers", get(dossiers::published))
        .route("/dossiers/{id}", get(dossiers::read).put(dossiers::change).delete(dossiers::remove))
        .route("/dossiers/{id}/restore", post(dossiers::restore))
        .route("/dossiers/{id}/metadata", put(dossiers::set_metadata))
        .route("/dossiers/{id}/metadata/{key}", get(dossiers::metadata))
        .route("/dossiers/{id}/qrcode", get(dossiers::qr_code))
        .route("/dossiers/{id}/urlSiteInfo", get(dossiers::site))
        .route("/dossiers/{id}/submitting", get(actions::submit).post(actions::submit))
        .route("/dossiers/{id}/submit", post(actions::submit))
        .route("/dossiers/{id}/cancelling", get(actions::withdraw).post(actions::withdraw))
        .route("/dossiers/{id}/correcting", get(actions::correct).post(actions::correct))
        .route("/dossiers/{id}/reset", get(actions::reset))
        .route("/dossiers/{id}/nextactions", get(actions::next))
        .route("/dossiers/{id}/nextactions/{action}", get(actions::next_detail))
        .route("/dossiers/{id}/nextactions/{action}/payload", get(actions::next_payload))
        .route("/dossiers/{id}/actions", get(actions::taken).post(actions::take))
        .route("/dossiers/{id}/all/files", get(files::list_all))
        .route("/dossiers/{id}/files/{uid}/public/{secret}", get(files::public))
        .route("/dossiers/{id}/files/{uid}/preview.pdf", get(files::preview))
        .route("/dossiers/{id}/files/{uid}/formdata", get(files::form_data).put(files::set_form_data))
        .route("/dossiers/{id}/files/{uid}/all", delete(files::remove_by_template))
        .route("/dossiers/{id}/files/copyfile", post(files::copy))
        .route("/dossiers/{id}/marks", get(marks::list))
        .route("/dossiers/{id}/marks/{part}", post(marks::set))
        .route("/dossiers/{id}/payment", get(payment::read).post(payment::change).put(payment::change))
        .route("/dossiers/{id}/sequences", get(logs::sequences))
        .route("/dossierlogs/{id}/logs", get(logs::list))
        .route("/proxy", post(proxy::call))
        .route("/statistics/dossiers/counting", get(statistics::counting))
        .route("/statistics/dossiers/todo", get(statistics::to_do))
        .route("/statistics/dossiers/countTodo", get(statistics::to_do))
        // around them
        .route("/postal/votings/{class}/{id}", get(votings::list_or_results).post(votings::vote))
        .route("/votings/checkpermission", get(votings::may_vote))
        .route("/employees", get(employees::list))
        .route("/employees/publish/{agency}", get(employees::published))
        .route("/faq/questions", get(questions::list).post(questions::ask))
        .route("/faq/questions/{id}/answers", get(questions::answers))
        .route("/bookings", post(bookings::book))
        .route("/bookings/{class}", get(bookings::list))
        .route("/bookings/counter", get(bookings::counter))
        .route("/bookings/eformDetail", get(bookings::by_code))
        .route("/applicantdatas/{id}", delete(documents::remove))
        .route("/applicantdatas/{id}/preview", get(documents::preview))
        .fallback(no_such_path)
}
