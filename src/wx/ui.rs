//! Who answers the dialogs of an app: the provider trait, and the providers that need no person.

use super::{Busy, WxError};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use tokio::sync::oneshot;

/// What the app asks of the person at the screen.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Prompt {
    /// `wx.showModal`.
    Modal(Modal),
    /// `wx.showActionSheet`.
    ActionSheet(ActionSheet),
}

/// A dialog with one or two buttons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Modal {
    /// The heading, maybe empty.
    pub title: String,
    /// The text, or the first text of the input when `editable`.
    pub content: String,
    /// Whether there is a second button, which cancels.
    pub show_cancel: bool,
    /// Text of the cancel button.
    pub cancel_text: String,
    /// Its colour.
    pub cancel_color: String,
    /// Text of the confirm button.
    pub confirm_text: String,
    /// Its colour.
    pub confirm_color: String,
    /// Whether the dialog has an input.
    pub editable: bool,
    /// What the empty input shows.
    pub placeholder_text: String,
}

/// A list to pick from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionSheet {
    /// A warning above the list, maybe empty.
    pub alert_text: String,
    /// One to six items.
    pub item_list: Vec<String>,
    /// Their colour.
    pub item_color: String,
}

/// What the person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Pressed the confirm button, with this text in the input (`None`: left as it was).
    Confirm {
        /// The input's text.
        text: Option<String>,
    },
    /// Pressed the cancel button or the system's back button.
    Cancel,
    /// Picked this item, from 0.
    Pick(usize),
}

impl Answer {
    /// Pressed the confirm button without touching the input.
    pub const CONFIRM: Self = Self::Confirm { text: None };
}

/// The person at the screen, or what stands in for one.
pub trait Ui: Send + Sync {
    /// Shows the prompt and waits for an answer, for ever if need be. One prompt is shown at a time.
    fn ask(&self, prompt: Prompt) -> BoxFuture<'static, Answer>;

    /// Whether somebody is sure to answer: then the host is busy while it waits.
    fn attended(&self) -> bool {
        true
    }

    /// Takes the answer to a prompt that is open or still to come. `hold` keeps the host busy
    /// until an open prompt has its answer. False where this provider takes no answers ahead.
    fn script(&self, answer: Answer, hold: Busy) -> bool {
        drop((answer, hold));
        false
    }
}

/// Nobody is there: prompts stay open.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nobody;

impl Ui for Nobody {
    fn ask(&self, _: Prompt) -> BoxFuture<'static, Answer> {
        Box::pin(std::future::pending())
    }

    fn attended(&self) -> bool {
        false
    }
}

/// The same answer each time. A fixed cancel presses the only button of a dialog
/// without a cancel button: a person could not press another one.
#[derive(Debug, Clone)]
pub struct Fixed(pub Answer);

impl Ui for Fixed {
    fn ask(&self, prompt: Prompt) -> BoxFuture<'static, Answer> {
        let only_confirm = matches!(&prompt, Prompt::Modal(modal) if !modal.show_cancel);
        let answer = match &self.0 {
            Answer::Cancel if only_confirm => Answer::CONFIRM,
            answer => answer.clone(),
        };
        Box::pin(std::future::ready(answer))
    }
}

/// Answers from a queue that a test fills; a prompt without an answer stays open until one comes.
#[derive(Debug, Default)]
pub struct Scripted(Mutex<Script>);

#[derive(Debug, Default)]
struct Script {
    answers: VecDeque<Answer>,
    open: VecDeque<oneshot::Sender<(Answer, Busy)>>,
}

impl Scripted {
    /// A queue with these answers.
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self(Mutex::new(Script {
            answers: answers.into_iter().collect(),
            open: VecDeque::new(),
        }))
    }
}

impl Ui for Scripted {
    fn ask(&self, _: Prompt) -> BoxFuture<'static, Answer> {
        let mut script = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = script.answers.pop_front() {
            return Box::pin(std::future::ready(answer));
        }
        let (sender, receiver) = oneshot::channel();
        script.open.push_back(sender);
        Box::pin(receiver.then(|answered| match answered {
            Ok((answer, _hold)) => std::future::ready(answer).left_future(),
            Err(_) => std::future::pending().right_future(),
        }))
    }

    fn attended(&self) -> bool {
        false
    }

    fn script(&self, answer: Answer, hold: Busy) -> bool {
        let mut script = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut undelivered = (answer, hold);
        while let Some(open) = script.open.pop_front() {
            match open.send(undelivered) {
                Ok(()) => return true,
                Err(back) => undelivered = back,
            }
        }
        script.answers.push_back(undelivered.0);
        true
    }
}

impl Prompt {
    /// What the timeline calls this prompt: `modal` or `actionSheet`.
    pub fn noun(&self) -> &'static str {
        match self {
            Self::Modal(_) => "modal",
            Self::ActionSheet(_) => "actionSheet",
        }
    }

    /// The prompt's properties for the timeline.
    pub fn properties(&self) -> Value {
        match self {
            Self::Modal(modal) => json!(modal),
            Self::ActionSheet(sheet) => json!(sheet),
        }
    }

    /// What the app is told. A cancelled modal is a success, a cancelled action sheet a failure.
    ///
    /// # Errors
    /// The action sheet was cancelled.
    pub fn result(&self, answer: &Answer) -> Result<Value, WxError> {
        match self {
            Self::Modal(modal) => Ok(modal.result(answer)),
            Self::ActionSheet(sheet) => match sheet.picked(answer) {
                Some(index) => Ok(json!({ "tapIndex": index })),
                None => Err(WxError::new("cancel")),
            },
        }
    }
}

impl Modal {
    /// Exactly one of confirm and cancel is true; content is the input's text when confirmed.
    fn result(&self, answer: &Answer) -> Value {
        let confirm = *answer != Answer::Cancel;
        let content = match answer {
            Answer::Confirm { text: Some(text) } if self.editable => text.as_str(),
            Answer::Confirm { .. } | Answer::Pick(_) if self.editable => self.content.as_str(),
            _ => "",
        };
        json!({ "confirm": confirm, "cancel": !confirm, "content": content })
    }
}

impl ActionSheet {
    /// A confirmation picks the item of that text, without a text the first one.
    fn picked(&self, answer: &Answer) -> Option<usize> {
        match answer {
            Answer::Cancel => None,
            Answer::Pick(index) => Some(*index).filter(|i| *i < self.item_list.len()),
            Answer::Confirm { text: None } => Some(0),
            Answer::Confirm { text: Some(text) } => self.item_list.iter().position(|item| item == text),
        }
    }
}
