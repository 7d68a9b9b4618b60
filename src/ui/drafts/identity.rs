//! What a draft is a draft of, so that it is found again.

use gloo::utils::{document, window};
use serde_json::{Value as Json, json};
use web_sys::{HtmlElement, Url};

use super::record::text;
use crate::fingerprint;
use crate::report::Report;

/// What a draft is a draft of.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    /// The same for the same report on the same site, and never for two elements of a page that show
    /// different ones.
    pub key: String,
    /// The published report as JSON text; `None` where only the draft is known.
    pub published: Option<String>,
}

impl Identity {
    /// Of what an element has read: a report that was `given` to it, or what its `src` or its content
    /// tells.
    pub fn of(host: &HtmlElement, given: bool, report: &Report) -> Identity {
        let key = match report.year {
            _ if is_offline(host) => of_file(report),
            Some(year) if given && !report.agency.is_empty() => {
                format!("report {} {} {year}", report.form.id, report.agency)
            }
            _ if given => place(host),
            _ => Identity::unread(host).key,
        };
        Identity { key, published: Some(text(report)) }
    }

    /// Of what an element's `src` or its content would tell if it could be read.
    pub fn unread(host: &HtmlElement) -> Identity {
        // Whatever the file is called, another may have had its name: nothing is known without its report.
        if is_offline(host) {
            return Identity { key: OFFLINE.to_owned(), published: None };
        }
        let src = host.get_attribute("src").filter(|src| !src.trim().is_empty());
        Identity { key: src.map_or_else(|| place(host), |src| of_addresses(&src, absolute)), published: None }
    }

    /// As text that the element keeps while it stands in no page.
    pub fn to_json(&self) -> String {
        json!({ "key": self.key, "published": self.published }).to_string()
    }

    pub fn from_json(json: &str) -> Option<Identity> {
        let json: Json = serde_json::from_str(json).ok()?;
        let text = |key: &str| json[key].as_str().map(str::to_owned);
        Some(Identity { key: text("key")?, published: text("published") })
    }
}

/// The attribute of an element that is the page of a file which is carried from place to place.
const OFFLINE: &str = "offline";

fn is_offline(host: &HtmlElement) -> bool {
    host.has_attribute(OFFLINE)
}

/// Of what such a file holds: another file in its place has drafts of its own, and it finds its own elsewhere.
fn of_file(report: &Report) -> String {
    let year = report.year.map(|year| year.to_string()).unwrap_or_default();
    format!("{OFFLINE} {} {} {year} {}", report.form.id, report.agency, fingerprint::of(report))
}

/// Of the addresses in `src`, however they are set apart.
fn of_addresses(src: &str, absolute: impl Fn(&str) -> String) -> String {
    src.split_ascii_whitespace().fold("src".to_owned(), |key, address| [&key, " ", &absolute(address)].concat())
}

fn absolute(address: &str) -> String {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    match Url::new_with_base(address, &base) {
        Ok(url) => {
            url.set_hash("");
            url.href()
        }
        Err(_) => address.to_owned(),
    }
}

/// The place of an element: its page and its name there, with its number where several have one name.
fn place(host: &HtmlElement) -> String {
    let page = window().location().href().unwrap_or_default();
    let page = page.split('#').next().unwrap_or_default();
    let name_of = |element: &web_sys::Element| {
        let named = |attribute| element.get_attribute(attribute).filter(|name| !name.is_empty());
        named("name").or_else(|| named("id")).unwrap_or_default()
    };
    let name = name_of(host);
    let all = document().get_elements_by_tag_name(&host.local_name());
    let all = (0..all.length()).filter_map(|at| all.item(at));
    let number = all.filter(|element| name_of(element) == name).position(|element| &element == host.as_ref());
    format!("page {page} {name} {}", number.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Forms;

    #[test]
    fn an_identity_survives_as_text() {
        for published in [None, Some("{}".to_owned())] {
            let identity = Identity { key: "src https://某县/a.json".to_owned(), published };
            assert_eq!(Identity::from_json(&identity.to_json()), Some(identity));
        }
        assert_eq!(Identity::from_json("{}"), None);
    }

    #[test]
    fn a_file_is_known_by_what_it_holds() {
        let of = |json: &str| of_file(&Report::from_json(json, &Forms::official()).unwrap());
        let json =
            r#"{"form": "gongkai-2021", "agency": "某镇", "year": 2023, "figures": {"requests.received.total": 3}}"#;
        let key = of(json);
        assert!(key.starts_with("offline gongkai-2021 某镇 2023 "), "{key}");
        assert_eq!(of(&json.replace(": 3}", ": 3.0}")), key);
        assert_ne!(of(&json.replace(": 3}", ": 4}")), key);
    }

    #[test]
    fn of_several_addresses_all_count_and_one_is_itself() {
        let key = |src| of_addresses(src, |address| format!("https://某县/{address}"));
        assert_eq!(key(" a.json\n"), "src https://某县/a.json");
        assert_eq!(key("a.json  b.json"), key("a.json\n\tb.json"));
        assert_eq!(key("a.json b%20c.json"), "src https://某县/a.json https://某县/b%20c.json");
    }
}
