//! What one test file has: a device, and the apps that the test has started on it.

use super::app_folder;
use super::automation::{Automation, Happened};
use super::device::{DeviceSetup, Surroundings, TestDevice};
use super::faults::FaultyWeb;
use super::launch::{Launch, Running};
use super::lock;
use super::person::{Habit, PersonAtScreen};
use super::record::Record;
use super::span::millis;
use super::suite_file;
use crate::app::instance::Control;
use crate::app::launch::LaunchOptions;
use crate::app::outside::Outside;
use crate::host::Remote;
use crate::system::{Clock, Web};
use crate::wx::{LaidAnswers, Outcome, Payload, Ui, WxError, ok_with, prompt_answer};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc::UnboundedSender;

/// The event by which the test's world hears of its apps (`js/driver.js`).
const EVENT: &str = "driver.event";

/// A test file's device and apps, as its world speaks to them. Clones are the same.
#[derive(Clone)]
pub struct Session(Arc<Inner>);

struct Inner {
    around: Surroundings,
    person: PersonAtScreen,
    record: Record,
    /// The line to the test's own world.
    test: UnboundedSender<Control>,
    device: tokio::sync::Mutex<Option<TestDevice>>,
    /// What has happened to the device before it was there, or while it is worked on.
    words: Mutex<Vec<Value>>,
    launches: AtomicU64,
}

type Said = Result<Value, String>;

impl Session {
    /// A session of the test whose world is at the other end of `test`. The device is made when it is first needed.
    pub fn new(setup: DeviceSetup, test: UnboundedSender<Control>) -> Self {
        let to = test.clone();
        let person = PersonAtScreen::new(setup.clock.clone(), move |dialog| {
            emit(&to, json!({ "dialog": dialog }));
        });
        Self(Arc::new(Inner {
            record: Record::new(setup.clock.clone(), Arc::clone(&setup.seen)),
            around: Surroundings::new(setup),
            person,
            test,
            device: tokio::sync::Mutex::default(),
            words: Mutex::default(),
            launches: AtomicU64::new(0),
        }))
    }

    /// The person in front of the device, as the test's own world sees them.
    pub fn person(&self) -> Arc<dyn Ui> {
        self.0.person.before(0)
    }

    /// What the person has been told to answer; the test's own world has the same.
    pub fn laid(&self) -> LaidAnswers {
        self.0.around.setup.laid.clone()
    }

    /// Who answers the test's own requests: `inner`, unless something goes wrong on the device's network.
    pub fn web(&self, inner: Arc<dyn Web>) -> Arc<dyn Web> {
        Arc::new(FaultyWeb {
            inner,
            faults: self.0.around.faults.clone(),
        })
    }

    /// Ends whatever the test has left running.
    pub async fn end(&self) {
        let device = self.0.device.lock().await.take();
        if let Some(device) = device {
            device.off().await;
        }
    }

    /// Switches the device on, if it is not.
    fn on(&self, slot: &mut Option<TestDevice>) -> Result<(), String> {
        if slot.is_none() {
            *slot = Some(self.0.around.device()?);
        }
        let words = std::mem::take(&mut *lock(&self.0.words));
        let device = slot.as_ref();
        device.map_or(Ok(()), |device| {
            words.iter().try_for_each(|words| self.apply(device, words))
        })
    }

    fn apply(&self, device: &TestDevice, words: &Value) -> Result<(), String> {
        match words["conditions"].as_str() {
            Some(conditions) => {
                let conditions = conditions.parse().map_err(|error| format!("{error}"))?;
                device.host.network().set(conditions);
                Ok(())
            }
            None => device.change(&words["words"]),
        }
    }

    /// Something happens to the device, now or as soon as it is there.
    fn happen(&self, words: Value) -> Result<(), String> {
        match self.0.device.try_lock() {
            Ok(slot) => match slot.as_ref() {
                Some(device) => self.apply(device, &words),
                None => {
                    lock(&self.0.words).push(words);
                    Ok(())
                }
            },
            Err(_) => {
                lock(&self.0.words).push(words);
                Ok(())
            }
        }
    }

    /// What the world says and waits for.
    fn say(&self, words: &Value) -> Said {
        let inner = &self.0;
        match words["do"].as_str().unwrap_or_default() {
            "happen" => self.happen(words.clone())?,
            "fail" => inner.around.faults.plan(&words["words"])?,
            "heal" => inner.around.faults.clear(),
            "habit" => {
                let habit = habit(&words["habit"])?;
                match words["kind"].as_str() {
                    Some("modal") => inner.person.on_modal(habit),
                    _ => inner.person.on_action_sheet(habit),
                }
            }
            "told" => inner.person.told(words["number"].as_u64().unwrap_or_default()),
            "answer" => {
                let answer = prompt_answer(&words["answer"]).map_err(|error| error.reason)?;
                inner
                    .person
                    .answer(words["number"].as_u64().unwrap_or_default(), answer);
            }
            "timeline" => {
                let kinds = words["kinds"].as_array().into_iter().flatten();
                let kinds: Vec<String> = kinds.filter_map(|kind| kind.as_str().map(str::to_owned)).collect();
                let like = words["like"].as_object().cloned().unwrap_or_default();
                return Ok(json!({ "entries": inner.record.entries(&kinds, &like) }));
            }
            "span" => return Ok(json!({ "ms": millis(&words["span"])? })),
            "module" => {
                let word = |name: &str| words[name].as_str().unwrap_or_default();
                return suite_file::find(word("request"), Path::new(word("from")));
            }
            "now" => return Ok(json!({ "now": inner.around.setup.clock.now_ms() })),
            other => return Err(format!("no such word: {other}")),
        }
        Ok(json!({}))
    }

    /// What the world asks for, and what takes no time of the device's.
    async fn ask(self, words: Value) -> Said {
        let word = words["do"].as_str().unwrap_or_default();
        let at_once = ["publish", "decide", "kill", "restart", "reset"].contains(&word);
        let _still = at_once.then(|| self.0.around.setup.clock.join());
        match word {
            "launch" => self.launch(&words["options"]).await,
            "call" => self.call(&words).await,
            "close" => self.close(&words).await,
            "advance" => self.advance(&words["span"]).await,
            "publish" => self.publish(&words).await,
            "decide" => self.0.around.publisher.decide(&words["words"]).await,
            "background" => self.leave(&words).await,
            "foreground" => self.come_back(&words).await,
            "kill" => self.kill().await,
            "restart" => self.restart(words["silentChecks"] == true).await,
            "reset" => self.reset().await,
            other => Err(format!("no such word: {other}")),
        }
    }

    async fn launch(&self, options: &Value) -> Said {
        let inner = &self.0;
        let number = inner.launches.fetch_add(1, Ordering::SeqCst) + 1;
        let launch = Launch::parse(number, options, &inner.around.setup.beside)?;
        let to = inner.test.clone();
        let events = move |happened: Happened| {
            emit(
                &to,
                json!({ "app": number, "event": happened.event, "params": happened.params }),
            );
        };
        let automation = Automation::new(inner.around.setup.clock.clone(), (number, &inner.person), events);
        let (ready, user) = (automation.clone(), launch.user.clone());
        let mut slot = inner.device.lock().await;
        self.on(&mut slot)?;
        let app_id = match slot.as_mut() {
            Some(device) => launch.start(device, automation, (&inner.person, &inner.record))?,
            None => return Err("there is no device".into()),
        };
        drop(slot);
        ready.ready().await?;
        Ok(json!({ "app": number, "appId": app_id, "user": user }))
    }

    /// The running app of this number, or the one that was started last.
    async fn app<T>(&self, words: &Value, of: impl Fn(&Running) -> T) -> Result<T, String> {
        let device = self.0.device.lock().await;
        let running = device.as_ref().map_or(&[][..], |device| &device.running);
        let found = match words["app"].as_u64() {
            Some(number) => running.iter().find(|app| app.number == number),
            None => running.iter().rev().find(|app| app.end().is_none()),
        };
        let app = found.ok_or("the app is not running: it was closed or killed, or none was launched")?;
        match app.end() {
            Some(why) => Err(why),
            None => Ok(of(app)),
        }
    }

    async fn call(&self, words: &Value) -> Said {
        let automation = self.app(words, |app| app.automation.clone()).await?;
        let method = words["method"].as_str().unwrap_or_default();
        automation.call(method, &words["params"]).await
    }

    /// Closes an app as a person does who swipes it away: it hides first.
    async fn close(&self, words: &Value) -> Said {
        let number = self.app(words, |app| app.number).await?;
        let mut device = self.0.device.lock().await;
        let running = device.as_mut().map(|device| &mut device.running);
        let app = running.and_then(|running| {
            let at = running.iter().position(|app| app.number == number)?;
            Some(running.remove(at))
        });
        drop(device);
        if let Some(app) = app {
            app.remote.background();
            // One that was destroyed in the background cannot hide any more.
            let _ = app.automation.ready().await;
            // An end takes none of the device's time, whatever it takes of the machine's.
            let _still = self.0.around.setup.clock.join();
            app.stop().await;
        }
        Ok(json!({}))
    }

    async fn advance(&self, span: &Value) -> Said {
        let clock = &self.0.around.setup.clock;
        let until = clock.now_ms() + millis(span)?;
        clock.join().idle_until(until).await;
        Ok(json!({ "now": clock.now_ms() }))
    }

    async fn publish(&self, words: &Value) -> Said {
        let around = &self.0.around;
        let app = app_folder::open(&words["app"], &around.setup.beside, &Value::Null)?;
        around.publisher.publish(app, &words["words"]).await
    }

    async fn leave(&self, words: &Value) -> Said {
        let (remote, automation) = self.app(words, handles).await?;
        remote.background();
        automation.ready().await?;
        Ok(json!({}))
    }

    async fn come_back(&self, words: &Value) -> Said {
        let (remote, automation) = self.app(words, handles).await?;
        let mut options = LaunchOptions::at(words["page"].as_str().unwrap_or_default());
        if let Some(scene) = words["scene"].as_u64() {
            options.scene = u32::try_from(scene).map_err(|_| format!("there is no scene {scene}"))?;
        }
        remote.foreground(options);
        automation.opened().await?;
        Ok(json!({}))
    }

    async fn kill(&self) -> Said {
        let mut slot = self.0.device.lock().await;
        if let Some(device) = slot.take() {
            *slot = Some(self.0.around.killed(device).await?);
        }
        Ok(json!({}))
    }

    async fn restart(&self, silent: bool) -> Said {
        let mut slot = self.0.device.lock().await;
        let device = match slot.take() {
            Some(device) => device,
            None => self.0.around.device()?,
        };
        *slot = Some(self.0.around.restarted(device, silent).await?);
        Ok(json!({}))
    }

    /// Another device, without a past; what is published stays.
    async fn reset(&self) -> Said {
        self.end().await;
        let inner = &self.0;
        inner.around.faults.clear();
        inner.around.setup.laid.clear();
        inner.person.reset();
        inner.record.clear();
        inner.launches.store(0, Ordering::SeqCst);
        lock(&inner.words).clear();
        Ok(json!({}))
    }
}

fn handles(app: &Running) -> (Remote, Automation) {
    (app.remote.clone(), app.automation.clone())
}

/// The test may have ended.
fn emit(test: &UnboundedSender<Control>, payload: Value) {
    let _ = test.send(Control::Emit(EVENT.into(), payload));
}

fn habit(words: &Value) -> Result<Habit, String> {
    match words {
        Value::Null => Ok(Habit::Waits),
        Value::String(word) if word == "ask" => Ok(Habit::Asks),
        answer => Ok(Habit::Answers(prompt_answer(answer).map_err(|error| error.reason)?)),
    }
}

fn outcome(said: Said) -> Outcome {
    said.map_or_else(|reason| Err(WxError::new(reason)), ok_with)
}

impl Outside for Session {
    fn told(&self, message: Payload) -> Outcome {
        outcome(self.say(&message.value()))
    }

    fn asked(&self, message: Payload) -> BoxFuture<'static, Outcome> {
        let session = self.clone();
        async move { outcome(session.ask(message.value()).await) }.boxed()
    }
}
