//! Who edits a draft: one element of one window at a time.
//!
//! A Web Lock says so for sure and is free again when its window is gone, however it went. Where the
//! browser has none (a page without https), the windows ask each other over a channel. Neither is
//! trusted with the draft itself: every write looks at what is stored first.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::utils::window;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{BroadcastChannel, MessageEvent};
use yew::Callback;

use crate::ui::browser;

/// How long an answer of another window may take.
const ANSWER: i32 = 300;
/// How long another window may take to write what it has and to let go.
const PARTING: i32 = 1000;

/// How long a lock may take from one that lets go to the next.
const PASSING: i32 = 100;

const CHANNEL: &str = "nianbao-drafts";

/// The hold on one draft, had or not. It is cheap to clone; all clones are the same hold.
#[derive(Clone)]
pub struct Hold(Rc<Inner>);

struct Inner {
    key: String,
    me: String,
    here: Cell<bool>,
    /// Whether the others were asked, and have not had the time to answer.
    asking: Cell<bool>,
    /// Counts the requests of the lock: what becomes of an earlier one is of no interest.
    turn: Cell<u32>,
    /// Lets go of the lock.
    release: RefCell<Option<Function>>,
    /// Told when the other has let go.
    parted: RefCell<Option<Function>>,
    channel: Option<BroadcastChannel>,
    on_message: RefCell<Option<OnMessage>>,
    /// Another window asks for it: write, then [`Hold::let_go`].
    asked: Callback<()>,
    /// Another window has taken it.
    lost: Callback<()>,
    /// Is given what lets go of the lock.
    held: Callback<Function>,
}

type OnMessage = Closure<dyn FnMut(MessageEvent)>;

#[wasm_bindgen]
extern "C" {
    /// `navigator.locks`, which web-sys keeps behind a flag.
    type Locks;

    #[wasm_bindgen(method, catch)]
    fn request(this: &Locks, name: &str, options: &Object, granted: &JsValue) -> Result<Promise, JsValue>;
}

fn locks() -> Option<Locks> {
    let navigator = Reflect::get(&window(), &"navigator".into()).ok()?;
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}

impl Hold {
    /// Takes hold of a draft, unless another has it.
    pub async fn take(key: &str, me: &str, asked: Callback<()>, lost: Callback<()>, held: Callback<Function>) -> Hold {
        let hold = Hold(Rc::new(Inner {
            key: key.to_owned(),
            me: me.to_owned(),
            here: Cell::default(),
            asking: Cell::default(),
            turn: Cell::default(),
            release: RefCell::default(),
            parted: RefCell::default(),
            channel: BroadcastChannel::new(CHANNEL).ok(),
            on_message: RefCell::default(),
            asked,
            lost,
            held,
        }));
        hold.listen();
        let mut granted = hold.grab("ifAvailable").await;
        if granted == Some(false) {
            // It may be about to be let go, by the same element before it was loaded anew.
            browser::pause(PASSING).await;
            granted = hold.grab("ifAvailable").await;
        }
        match granted {
            Some(granted) => hold.0.here.set(granted),
            None => hold.ask_around(),
        }
        hold
    }

    /// Whether the draft is edited here.
    pub fn is_here(&self) -> bool {
        self.0.here.get()
    }

    /// Takes the draft over from whoever has it.
    pub async fn take_over(&self) {
        if self.is_here() {
            return;
        }
        let parted = Promise::new(&mut |resolve, _| *self.0.parted.borrow_mut() = Some(resolve));
        self.say("yield", "");
        // A window that does not answer may be frozen or gone: then it is not asked any longer.
        browser::within(PARTING, JsFuture::from(parted)).await;
        self.0.parted.take();
        self.0.here.set(self.grab("steal").await.unwrap_or(true));
    }

    /// Lets go of the draft, and tells the one that asked for it.
    pub fn let_go(&self) {
        self.0.here.set(false);
        if let Some(release) = self.0.release.take() {
            // What resolves a promise does not throw.
            let _ = release.call0(&JsValue::NULL);
        }
        self.say("parted", "");
    }

    /// Ends it: nobody is listened to any longer.
    pub fn end(&self) {
        self.let_go();
        if let Some(channel) = &self.0.channel {
            channel.close();
        }
        self.0.on_message.take();
    }

    /// Requests the lock in a way that does not wait; `None` where there are no locks.
    async fn grab(&self, way: &'static str) -> Option<bool> {
        let locks = locks()?;
        let turn = self.0.turn.get() + 1;
        self.0.turn.set(turn);
        let options = Object::new();
        // A plain object takes any key.
        let _ = Reflect::set(&options, &way.into(), &true.into());
        let name = format!("nianbao-draft {}", self.0.key);
        let outcome = Promise::new(&mut |resolve, _| {
            let (hold, tell) = (self.clone(), resolve.clone());
            let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
                let had = !lock.is_null();
                let _ = tell.call1(&JsValue::NULL, &had.into());
                if !had {
                    return JsValue::UNDEFINED;
                }
                // It is held as long as this promise is open.
                Promise::new(&mut |release, _| {
                    hold.0.held.emit(release.clone());
                    *hold.0.release.borrow_mut() = Some(release);
                })
                .into()
            });
            let hold = self.clone();
            match locks.request(&name, &options, &granted) {
                Ok(ended) => spawn_local(async move {
                    if JsFuture::from(ended).await.is_err() {
                        // It was refused, which nobody knows yet, or it was taken away.
                        let _ = resolve.call1(&JsValue::NULL, &JsValue::NULL);
                        if turn == hold.0.turn.get() {
                            hold.taken();
                        }
                    }
                }),
                Err(_) => _ = resolve.call1(&JsValue::NULL, &JsValue::NULL),
            }
        });
        JsFuture::from(outcome).await.ok()?.as_bool()
    }

    /// Another has it now.
    fn taken(&self) {
        self.0.asking.set(false);
        if self.0.here.replace(false) {
            self.0.release.take();
            self.0.lost.emit(());
        }
    }

    /// Without locks: takes it, and gives it back where another says in time that it has it.
    fn ask_around(&self) {
        self.0.here.set(true);
        self.0.asking.set(true);
        self.say("ask", "");
        let hold = self.clone();
        spawn_local(async move {
            browser::pause(ANSWER).await;
            hold.0.asking.set(false);
        });
    }

    fn say(&self, what: &str, to: &str) {
        let message: Array = [what, &self.0.key, &self.0.me, to].into_iter().map(JsValue::from).collect();
        if let Some(channel) = &self.0.channel {
            // A closed channel has nobody to tell.
            let _ = channel.post_message(&message);
        }
    }

    fn listen(&self) {
        let Some(channel) = &self.0.channel else { return };
        let hold = Rc::downgrade(&self.0);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(hold) = hold.upgrade().map(Hold) else { return };
            let told: Vec<String> = match event.data().dyn_into::<Array>() {
                Ok(message) => message.iter().filter_map(|part| part.as_string()).collect(),
                Err(_) => return,
            };
            if let [what, key, from, to] = told.as_slice()
                && *key == hold.0.key
            {
                hold.hear(what, from, to);
            }
        });
        channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        *self.0.on_message.borrow_mut() = Some(on_message);
    }

    fn hear(&self, what: &str, from: &str, to: &str) {
        let here = self.0.here.get();
        match what {
            // Two that ask at the same time: one of them has the smaller name.
            "ask" if here && (!self.0.asking.get() || self.0.me.as_str() < from) => self.say("held", from),
            "held" if to == self.0.me && self.0.asking.get() => self.taken(),
            "yield" if here => self.0.asked.emit(()),
            "parted" => {
                if let Some(parted) = self.0.parted.take() {
                    // What resolves a promise does not throw.
                    let _ = parted.call0(&JsValue::NULL);
                }
            }
            _ => {}
        }
    }
}
