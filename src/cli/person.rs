//! A person at the terminal, who answers dialogs; and `--modal`, which stands in for one.

use crate::wx::{ActionSheet, Answer, Fixed, Modal, Nobody, Prompt, Ui};
use futures_util::future::BoxFuture;
use std::io::{IsTerminal, Write};
use std::str::FromStr;
use std::sync::Arc;

/// Who answers the app's dialogs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModalChoice {
    /// Press the confirm button; `Some` types this text first.
    Confirm(Option<String>),
    /// Press the cancel button.
    Cancel,
    /// Ask at the terminal.
    Ask,
    /// Nobody: dialogs stay open.
    None,
}

impl FromStr for ModalChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            Some(("text", typed)) => Ok(Self::Confirm(Some(typed.to_owned()))),
            _ => match text {
                "confirm" => Ok(Self::Confirm(None)),
                "cancel" => Ok(Self::Cancel),
                "ask" => Ok(Self::Ask),
                "none" => Ok(Self::None),
                _ => Err("expected confirm, cancel, ask, none or text=...".into()),
            },
        }
    }
}

impl ModalChoice {
    /// The provider; without a choice a person is asked on a terminal, and nobody elsewhere.
    pub fn provider(choice: Option<Self>) -> Arc<dyn Ui> {
        let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        match choice.unwrap_or(if terminal { Self::Ask } else { Self::None }) {
            Self::Confirm(text) => Arc::new(Fixed(Answer::Confirm { text })),
            Self::Cancel => Arc::new(Fixed(Answer::Cancel)),
            Self::Ask => Arc::new(Terminal),
            Self::None => Arc::new(Nobody),
        }
    }
}

/// Asks on standard error and reads standard input; an end of input cancels.
struct Terminal;

impl Ui for Terminal {
    fn ask(&self, prompt: Prompt) -> BoxFuture<'static, Answer> {
        Box::pin(async move {
            let asked = tokio::task::spawn_blocking(move || match prompt {
                Prompt::Modal(modal) => ask_modal(&modal),
                Prompt::ActionSheet(sheet) => ask_sheet(&sheet),
            });
            asked.await.unwrap_or(Answer::Cancel)
        })
    }
}

fn ask_modal(modal: &Modal) -> Answer {
    let rule = "─".repeat(40);
    eprintln!("┌{rule}");
    for line in [&modal.title, &modal.content]
        .into_iter()
        .filter(|text| !text.is_empty())
        .flat_map(|text| text.lines())
    {
        eprintln!("│ {line}");
    }
    let cancel = if modal.show_cancel {
        format!("   [n] {}", modal.cancel_text)
    } else {
        String::new()
    };
    eprintln!("│ [y] {}{cancel}", modal.confirm_text);
    eprintln!("└{rule}");
    if modal.editable {
        let text = read_line(&format!("{} > ", modal.placeholder_text));
        return text.map_or(Answer::Cancel, |text| Answer::Confirm { text: Some(text) });
    }
    loop {
        let Some(line) = read_line("> ") else {
            return Answer::Cancel;
        };
        match line.trim() {
            "y" | "Y" | "" => return Answer::CONFIRM,
            text if text == modal.confirm_text => return Answer::CONFIRM,
            "n" | "N" if modal.show_cancel => return Answer::Cancel,
            text if modal.show_cancel && text == modal.cancel_text => return Answer::Cancel,
            _ => eprintln!("please answer y{}", if modal.show_cancel { " or n" } else { "" }),
        }
    }
}

fn ask_sheet(sheet: &ActionSheet) -> Answer {
    eprintln!("{}", sheet.alert_text);
    for (index, item) in sheet.item_list.iter().enumerate() {
        eprintln!("  [{}] {item}", index + 1);
    }
    let line = read_line("number, or nothing to cancel > ").unwrap_or_default();
    let picked = line
        .trim()
        .parse::<usize>()
        .ok()
        .filter(|n| (1..=sheet.item_list.len()).contains(n));
    picked.map_or(Answer::Cancel, |n| Answer::Pick(n - 1))
}

fn read_line(prompt: &str) -> Option<String> {
    eprint!("{prompt}");
    // A prompt that nobody sees is no reason to stop.
    let _ = std::io::stderr().flush();
    let mut line = String::new();
    match std::io::stdin().read_line(&mut line) {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(line.trim_end_matches(['\r', '\n']).to_owned()),
    }
}
