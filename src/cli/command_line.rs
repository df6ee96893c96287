//! Tells options from the words of a question.
//!
//! A question needs no quotes, and a word of it may begin with `-`, which excludes it: so `-football`
//! and `-n 2` stand side by side, in any order. What is an option is asked of the command's own
//! definition, and options are put before the words, with `--` between, for clap to read:
//!
//! - `-n`, `-n5`, `-n=5`: a letter that the command knows, with nothing behind it but a number, or
//!   what follows an equals sign. `-china` is a word, though `-c` is an option.
//! - `--limit`, `--limit=5`: two hyphens and a name, known or not; an unknown one is an error.
//! - `--` stands between questions where a command takes several; options may follow it then.
//! - All else is a word: what holds a space, and everything behind `--`.

use std::ffi::{OsStr, OsString};

use clap::{Arg, Command};

/// The argument that holds the words of a question, by its name in the definition of a command.
pub(super) const QUESTION: &str = "query";

/// The commands that take several questions, with `--` between them; it does not end the options.
const SEVERAL: [&str; 1] = ["trend"];

/// The arguments of the process, options first.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct CommandLine {
    pub(super) arguments: Vec<OsString>,
    /// Words that exclude the name of an option, such as `-limit`: perhaps a slip for `--limit`.
    pub(super) slips: Vec<String>,
}

/// What an argument of a command that takes a question is.
enum Part {
    Word,
    /// An option, and whether the next argument is its value.
    Option {
        takes_next: bool,
    },
}

impl CommandLine {
    /// Puts the options before the words, if the command takes a question. `program` must be built,
    /// so that its commands know the options they share.
    pub(super) fn new(program: &Command, arguments: impl Iterator<Item = OsString>) -> Self {
        let mut arguments: Vec<OsString> = arguments.collect();
        let Some((place, command)) = command_at(program, &arguments) else {
            return Self { arguments, slips: Vec::new() };
        };
        let mut words = Vec::new();
        let mut slips = Vec::new();
        let mut rest = arguments.split_off(place + 1).into_iter();
        let takes_several = SEVERAL.contains(&command.get_name());
        while let Some(argument) = rest.next() {
            if argument == "--" && !takes_several {
                words.extend(rest);
                break;
            }
            match part(command, &argument) {
                Part::Option { takes_next } => {
                    arguments.push(argument);
                    arguments.extend(if takes_next { rest.next() } else { None });
                }
                Part::Word => {
                    slips.extend(slip(command, &argument));
                    words.push(argument);
                }
            }
        }
        arguments.push("--".into());
        arguments.append(&mut words);
        Self { arguments, slips }
    }
}

/// The command that takes a question, and the place of its name among the arguments.
fn command_at<'c>(program: &'c Command, arguments: &[OsString]) -> Option<(usize, &'c Command)> {
    let mut place = 1;
    while let Part::Option { takes_next } = part(program, arguments.get(place)?) {
        place += 1 + usize::from(takes_next);
    }
    let command = program.find_subcommand(arguments.get(place)?)?;
    let takes_question = command.get_positionals().any(|it| it.get_id() == QUESTION);
    takes_question.then_some((place, command))
}

fn part(command: &Command, argument: &OsStr) -> Part {
    let known = argument.to_str().filter(|it| !it.contains(char::is_whitespace));
    let option = known.and_then(|argument| match argument.strip_prefix("--") {
        Some(long) => long_option(command, long),
        None => short_option(command, argument.strip_prefix('-')?),
    });
    option.unwrap_or(Part::Word)
}

fn long_option(command: &Command, long: &str) -> Option<Part> {
    let (name, value) = long.split_once('=').map_or((long, None), |(name, it)| (name, Some(it)));
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let known = command.get_arguments().find(|it| it.get_long() == Some(name));
    let takes_next = value.is_none() && known.is_some_and(takes_value);
    is_name.then_some(Part::Option { takes_next })
}

fn short_option(command: &Command, short: &str) -> Option<Part> {
    let mut rest = short.chars();
    let letter = rest.next()?;
    let known = command.get_arguments().find(|it| it.get_short() == Some(letter))?;
    let value = rest.as_str();
    let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    match value {
        "" => Some(Part::Option { takes_next: takes_value(known) }),
        value if takes_value(known) && (is_number || value.starts_with('=')) => {
            Some(Part::Option { takes_next: false })
        }
        _ => None,
    }
}

fn takes_value(argument: &Arg) -> bool {
    argument.get_action().takes_values()
}

/// The word, if it is the name of an option behind a single hyphen.
fn slip(command: &Command, word: &OsStr) -> Option<String> {
    let word = word.to_str()?;
    let name = word.strip_prefix('-')?.split('=').next()?;
    let is_option = command.get_arguments().any(|it| it.get_long() == Some(name));
    is_option.then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use clap::ArgAction;

    use super::*;

    fn program() -> Command {
        let word = || Arg::new(QUESTION).num_args(0..);
        let limit = Arg::new("limit").short('n').long("limit");
        let count = Arg::new("count").short('c').long("count").action(ArgAction::SetTrue);
        let index = Arg::new("index").short('i').long("index").global(true);
        let search = Command::new("search").args([word(), limit, count]);
        let trend = Command::new("trend").args([word(), Arg::new("bucket").long("bucket")]);
        let other = Command::new("other").arg(Arg::new("paths").num_args(0..));
        let mut program = Command::new("p").arg(index).subcommands([search, trend, other]);
        program.build();
        program
    }

    #[track_caller]
    fn check(typed: &str, options: &str, words: &str) {
        let arguments = typed.split(' ').map(|it| it.replace('_', " ").into());
        let line = CommandLine::new(&program(), arguments);
        let expected = format!("{options} -- {words}");
        let expected: Vec<_> = expected.split(' ').filter(|it| !it.is_empty()).collect();
        let got: Vec<_> = line.arguments.iter().map(|it| it.to_string_lossy()).collect();
        assert_eq!(got.join(" "), expected.join(" "), "for `{typed}`");
    }

    #[test]
    fn options_and_words_stand_in_any_order() {
        check("p search a b -n 2 --count c", "p search -n 2 --count", "a b c");
        check("p -i x search a -c", "p -i x search -c", "a");
        check("p search -n5 a -n=5 --limit=5 b", "p search -n5 -n=5 --limit=5", "a b");
        check("p search a --index x", "p search --index x", "a");
        check("p search a -h b --help", "p search -h --help", "a b");
    }

    #[test]
    fn words_may_begin_with_a_hyphen() {
        check("p search a -football", "p search", "a -football");
        check("p search -china -nora -n2x -i5", "p search -i5", "-china -nora -n2x");
        check("p search -\"a_b\" -(a -2022 - ---", "p search", "-\"a b\" -(a -2022 - ---");
        check("p search -n_2 --limit_5", "p search", "-n 2 --limit 5");
    }

    #[test]
    fn two_hyphens_end_the_options() {
        check("p search a -- -n 2 -- --count", "p search", "a -n 2 -- --count");
    }

    #[test]
    fn two_hyphens_stand_between_questions_where_there_are_several() {
        check("p trend a b -- c --bucket day", "p trend --bucket day", "a b -- c");
        check("p trend --bucket day a -- -b", "p trend --bucket day", "a -- -b");
    }

    #[test]
    fn what_is_no_option_of_the_command_is_for_clap_to_tell() {
        check("p search a --limt 5", "p search --limt", "a 5");
        check("p search a -n", "p search -n", "a");
    }

    #[test]
    fn commands_without_a_question_are_left_alone() {
        for typed in ["p other a -n 2", "p -x search a", "p", "p -i", "p --limt search a"] {
            let arguments: Vec<OsString> = typed.split(' ').map(OsString::from).collect();
            let line = CommandLine::new(&program(), arguments.iter().cloned());
            let known = typed != "p --limt search a";
            assert!(!known || line.arguments == arguments, "for `{typed}`");
        }
    }

    #[test]
    fn an_option_with_one_hyphen_may_be_a_slip() {
        let typed = ["p", "search", "a", "-limit=5", "-count", "-counts"].map(OsString::from);
        let line = CommandLine::new(&program(), typed.into_iter());
        assert_eq!(line.slips, ["-limit=5", "-count"]);
    }
}
