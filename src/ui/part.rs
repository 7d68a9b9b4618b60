//! A part of the view that is drawn again only where what it shows has changed: while figures are typed,
//! most of the page stays as it is.

use std::cell::RefCell;
use std::rc::Rc;

use yew::{Callback, Component, Context, Html};

use super::charts::Showing;
use super::exporting::AtHand;
use super::groups::Group;
use super::marks;
use super::scene::{Action, Draft, Scene};
use super::session::Session;
use super::wording::Words;
use crate::finding::Finding;

/// What parts are drawn from. Two are the same where they show the same.
#[derive(Clone, PartialEq)]
pub struct Stamp {
    /// Counts the changes of the findings.
    pub findings: u32,
    pub opened: Vec<usize>,
    pub revealed: Vec<Group>,
    pub draft: Option<Draft>,
    pub editable: bool,
    pub words: Words,
}

#[derive(Clone, yew::Properties)]
pub struct PartProps {
    pub session: Rc<RefCell<Session>>,
    pub stamp: Stamp,
    pub act: Callback<Action>,
    pub draw: fn(&Scene) -> Html,
}

impl PartialEq for PartProps {
    fn eq(&self, other: &PartProps) -> bool {
        Rc::ptr_eq(&self.session, &other.session) && self.stamp == other.stamp
    }
}

pub struct Part;

impl Component for Part {
    type Message = ();
    type Properties = PartProps;

    fn create(_: &Context<Self>) -> Part {
        Part
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let PartProps { session: shared, stamp, act, draw } = ctx.props();
        let session = &*shared.borrow();
        let marking = |place: usize, finding: &Finding| {
            marks::leaves_mark(finding, stamp.opened.contains(&place), stamp.editable)
        };
        draw(&Scene {
            session,
            shared,
            sheets: &[],
            marks: marks::marks(&session.report.form, &session.findings, marking),
            cursor: None,
            asking: None,
            opened: &stamp.opened,
            revealed: &stamp.revealed,
            traced: None,
            draft: stamp.draft.as_ref(),
            editable: stamp.editable,
            working: false,
            showing: Showing::default(),
            at_hand: &AtHand::default(),
            act,
            copied: &Callback::noop(),
            odd_year: None,
            words: stamp.words,
        })
    }
}
