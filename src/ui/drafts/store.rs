//! The browser's store of drafts: IndexedDB, where every write is one transaction that looks first.

use std::cell::RefCell;
use std::rc::Rc;

use idb::event::VersionChangeEvent;
use idb::{DatabaseEvent, Error, Factory, ObjectStore, ObjectStoreParams, Transaction, TransactionResult};
use js_sys::{Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{DomException, Event, IdbDatabase, IdbTransaction};

use super::record::{Mark, Record};
use crate::ui::browser;

const DATABASE: &str = "nianbao";
const VERSION: u32 = 1;
const DRAFTS: &str = "drafts";

/// How long the browser may take to open its store, or to look into it.
const PATIENCE: i32 = 3000;

/// Why drafts cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser has no store for this page, or does not open it.
    Refused,
    /// There is no room left.
    Full,
    /// A newer version of the widget has changed the store.
    Newer,
    /// It did not work this time.
    Failed,
    /// What is stored cannot be read here, and is left as it is.
    Unreadable,
}

/// What came of a write.
#[derive(Debug)]
pub enum Written {
    /// It is on the disk, as this write.
    Done(Mark),
    /// Somebody else has written meanwhile. Nothing was overwritten.
    Elsewhere,
}

/// The store, opened when it is first needed. It is cheap to clone; all clones are the same.
#[derive(Clone, Default)]
pub struct Store(Rc<RefCell<Option<Connection>>>);

struct Connection {
    database: IdbDatabase,
    /// Gives way to another version. It belongs to the connection as long as that is open.
    _on_version_change: Closure<dyn FnMut(Event)>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.database.set_onversionchange(None);
        self.database.close();
    }
}

#[wasm_bindgen]
extern "C" {
    /// A database with the option that web-sys does not have yet.
    #[wasm_bindgen(extends = IdbDatabase)]
    type Durable;

    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn transaction_with(this: &Durable, store: &str, mode: &str, options: &Object) -> Result<IdbTransaction, JsValue>;
}

impl Store {
    /// The draft under a key.
    ///
    /// # Errors
    /// Why the store cannot be read.
    pub async fn get(&self, key: &str) -> Result<Option<Record>, Trouble> {
        let (store, name) = (self.clone(), JsValue::from(key));
        let work = async move {
            let (drafts, _) = store.begin("readonly").await?;
            drafts.get(name)?.await
        };
        in_time(work).await.map(|found| found.as_ref().and_then(|found| Record::from_js(found, Some(key))))
    }

    /// All drafts, by agency, the newest year first.
    ///
    /// # Errors
    /// Why the store cannot be read.
    pub async fn list(&self) -> Result<Vec<Record>, Trouble> {
        let store = self.clone();
        let work = async move {
            let (drafts, _) = store.begin("readonly").await?;
            drafts.get_all(None, None)?.await
        };
        let found = in_time(work).await?;
        let mut ordered: Vec<Record> = Vec::new();
        // They are few: the standard sort would weigh more than all of this.
        for record in found.iter().filter_map(|found| Record::from_js(found, None)) {
            let place = ordered.iter().rposition(|other| order(other) <= order(&record)).map_or(0, |at| at + 1);
            ordered.insert(place, record);
        }
        Ok(ordered)
    }

    /// Writes a draft, unless another has written under its key since it was `seen`.
    ///
    /// # Errors
    /// Why it is not written.
    pub async fn put(&self, record: Record, seen: Option<&Mark>) -> Result<Written, Trouble> {
        let (key, me) = (record.key.clone(), record.mark.writer.clone());
        self.write(key, me, seen.cloned(), Some(record)).await
    }

    /// Removes a draft that equals what is published, unless another has written since it was `seen`.
    ///
    /// # Errors
    /// Why it is not removed.
    pub async fn clear(&self, key: &str, me: &str, seen: Option<&Mark>) -> Result<Written, Trouble> {
        self.write(key.to_owned(), me.to_owned(), seen.cloned(), None).await
    }

    /// Looks at what is stored and writes, in one transaction.
    async fn write(
        &self,
        key: String,
        me: String,
        seen: Option<Mark>,
        record: Option<Record>,
    ) -> Result<Written, Trouble> {
        let store = self.clone();
        let work = async move {
            let (drafts, transaction) = store.begin("readwrite").await?;
            let heard = Heard(transaction.clone());
            let end = Transaction::from(transaction).into_future();
            let name = JsValue::from(&key);
            let stored = drafts.get(name.clone())?.await?;
            let stored =
                stored.as_ref().and_then(|stored| Record::from_js(stored, Some(&key))).map(|record| record.mark);
            if stored.as_ref().is_some_and(|stored| stored.is_news(seen.as_ref(), &me)) {
                return Ok(Written::Elsewhere);
            }
            let last = stored.or(seen).map_or(0, |mark| mark.revision);
            let mark = Mark { writer: me, revision: last.saturating_add(1) };
            match record {
                Some(record) => {
                    let record = Record { mark: mark.clone(), ..record };
                    drafts.put(&record.to_js(), Some(&name))?.await?;
                }
                None => drafts.delete(name)?.await?,
            }
            settle(end.await, &heard.0)?;
            Ok(Written::Done(mark))
        };
        to_the_end(work).await.map_err(trouble)
    }

    /// Deletes a draft, whoever wrote it.
    ///
    /// # Errors
    /// Why it is not deleted.
    pub async fn delete(&self, key: &str) -> Result<(), Trouble> {
        let (store, name) = (self.clone(), JsValue::from(key));
        let work = async move {
            let (drafts, transaction) = store.begin("readwrite").await?;
            let heard = Heard(transaction.clone());
            let end = Transaction::from(transaction).into_future();
            drafts.delete(name)?.await?;
            settle(end.await, &heard.0)
        };
        in_time(work).await
    }

    /// Begins a transaction. A connection that the browser has closed meanwhile is opened again.
    async fn begin(&self, mode: &str) -> Result<(ObjectStore, IdbTransaction), Error> {
        let kept = self.0.borrow().as_ref().and_then(|connection| begin_on(&connection.database, mode).ok());
        let transaction = match kept {
            Some(transaction) => transaction,
            None => {
                let opened =
                    browser::within(PATIENCE, open()).await.ok_or(Error::IndexedDbNotFound(JsValue::NULL))??;
                let transaction = begin_on(&opened.database, mode)?;
                *self.0.borrow_mut() = Some(opened);
                transaction
            }
        };
        let drafts = transaction.object_store(DRAFTS).map_err(Error::ObjectStoreNotFound)?;
        Ok((drafts.into(), transaction))
    }
}

/// What the store does, where it does it in time: another window may hold it, and be frozen.
async fn in_time<T: 'static>(work: impl Future<Output = Result<T, Error>> + 'static) -> Result<T, Trouble> {
    let done = browser::within(PATIENCE, to_the_end(work)).await;
    done.unwrap_or(Err(Error::DomExceptionNotFound)).map_err(trouble)
}

/// What the store does, which it does even where nobody waits for it any longer: its late answer has to find who hears it.
async fn to_the_end<T: 'static>(work: impl Future<Output = Result<T, Error>> + 'static) -> Result<T, Error> {
    let done = Rc::new(RefCell::new(None));
    let tell = done.clone();
    let ended = future_to_promise(async move {
        let outcome = work.await;
        *tell.borrow_mut() = Some(outcome);
        Ok(JsValue::UNDEFINED)
    });
    // It is resolved, whatever came of the work.
    let _ = JsFuture::from(ended).await;
    done.take().unwrap_or(Err(Error::DomExceptionNotFound))
}

/// A transaction whose end somebody waits for. Who has given that up is not told of it any more.
struct Heard(IdbTransaction);

impl Drop for Heard {
    fn drop(&mut self) {
        self.0.set_oncomplete(None);
        self.0.set_onabort(None);
        self.0.set_onerror(None);
    }
}

fn order(record: &Record) -> (&str, i64) {
    (&record.agency, -i64::from(record.year.unwrap_or(0)))
}

/// Where the browser can be asked, what is written has to be on the disk, not in a buffer: a draft
/// outlives the power.
fn begin_on(database: &IdbDatabase, mode: &str) -> Result<IdbTransaction, Error> {
    let options = Object::new();
    // A plain object takes any key.
    let _ = Reflect::set(&options, &"durability".into(), &"strict".into());
    let durable: &Durable = database.unchecked_ref();
    durable.transaction_with(DRAFTS, mode, &options).map_err(Error::TransactionOpenFailed)
}

async fn open() -> Result<Connection, Error> {
    let mut request = Factory::new()?.open(DATABASE, Some(VERSION))?;
    request.on_upgrade_needed(|event: VersionChangeEvent| {
        // Where this fails, the opening fails.
        let _ = event.database().and_then(|database| database.create_object_store(DRAFTS, ObjectStoreParams::new()));
    });
    let database: IdbDatabase = request.await?.into();
    let closing = database.clone();
    let on_version_change = Closure::<dyn FnMut(Event)>::new(move |_| closing.close());
    database.set_onversionchange(Some(on_version_change.as_ref().unchecked_ref()));
    Ok(Connection { database, _on_version_change: on_version_change })
}

/// Whether all of a transaction is written.
fn settle(end: Result<TransactionResult, Error>, transaction: &IdbTransaction) -> Result<(), Error> {
    match (end, transaction.error()) {
        (Ok(TransactionResult::Committed), _) => Ok(()),
        (_, Some(why)) => Err(Error::DomException(why)),
        (Err(error), None) => Err(error),
        (Ok(_), None) => Err(Error::DomExceptionNotFound),
    }
}

fn trouble(error: Error) -> Trouble {
    let named = |exception: &JsValue, otherwise| match exception.dyn_ref::<DomException>().map(DomException::name) {
        Some(name) if name == "QuotaExceededError" => Trouble::Full,
        Some(name) if name == "VersionError" => Trouble::Newer,
        Some(name) if name == "SecurityError" || name == "InvalidStateError" || name == "UnknownError" => {
            Trouble::Refused
        }
        _ => otherwise,
    };
    match error {
        Error::DomException(exception) => named(&exception, Trouble::Failed),
        Error::IndexedDbNotFound(exception) | Error::IndexedDbOpenFailed(exception) => {
            named(&exception, Trouble::Refused)
        }
        Error::TransactionOpenFailed(exception) | Error::AddFailed(exception) | Error::UpdateFailed(exception) => {
            named(&exception, Trouble::Failed)
        }
        _ => Trouble::Failed,
    }
}
