//! Questions with judged answers, and what the program ranks for them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use dateline::evaluate::ranking::{Evaluation, Qrels, Run, evaluate};

/// A set of questions over the judged articles.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Topics {
    /// Subjects.
    Subject,
    /// Subjects and countries, among the articles that bear the country's label.
    SubjectAndRegion,
    /// Persons and organisations.
    Name,
}

impl Topics {
    pub(crate) const ALL: [Self; 3] = [Self::Subject, Self::SubjectAndRegion, Self::Name];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Subject => "topic",
            Self::SubjectAndRegion => "topic-region",
            Self::Name => "entity",
        }
    }

    /// The judgments.
    pub(crate) fn qrels(self, folder: &Path) -> Qrels {
        let path = folder.join(format!("qrels-{}.txt", self.name()));
        Qrels::parse(&fs::read_to_string(path).expect("readable")).expect("judgments")
    }

    /// The questions as the set has them. A name is asked for without its filter, which says what
    /// the judgments say.
    pub(crate) fn questions(self, folder: &Path) -> String {
        let path = folder.join(format!("topics-{}.tsv", self.name()));
        let typed = fs::read_to_string(path).expect("readable");
        if self != Self::Name {
            return typed;
        }
        let bare = |line: &str| line.split('\t').take(2).collect::<Vec<_>>().join("\t") + "\n";
        typed.lines().map(bare).collect()
    }
}

/// An index of the judged articles.
pub(crate) struct Judged {
    /// The folder of the set.
    pub(crate) folder: PathBuf,
    made: tempfile::TempDir,
    binary: &'static str,
}

impl Judged {
    /// Made by the program at `binary`.
    pub(crate) fn index(binary: &'static str, shared: &Path) -> Self {
        let folder = shared.join("news/judged");
        let made = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new(binary);
        command.args(["index", "--quiet", "--index"]).arg(made.path().join("index"));
        command.arg(folder.join("docs.jsonl.gz"));
        assert!(command.status().expect("the program runs").success());
        Self { folder, made, binary }
    }

    /// How well the program answers a set of questions.
    pub(crate) fn scores(&self, topics: Topics) -> Evaluation {
        let questions = self.made.path().join("topics.tsv");
        fs::write(&questions, topics.questions(&self.folder)).expect("written");
        let mut command = Command::new(self.binary);
        command.args(["batch", "-n", "1000", "--index"]).arg(self.made.path().join("index"));
        let output = command.arg(questions).stderr(Stdio::inherit()).output();
        let run = String::from_utf8(output.expect("the program runs").stdout).expect("UTF-8");
        evaluate(&topics.qrels(&self.folder), &Run::parse(&run).expect("a run"))
    }
}
