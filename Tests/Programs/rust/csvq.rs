//! csvq - queries comma-separated values.
//!
//!     csvq QUERY [FILE]        QUERY: select COLUMN,... [where COLUMN OP VALUE [and ...]] [group COLUMN] [sort COLUMN
//!                              [desc]] [limit N]
//!
//! A column may be `sum(COLUMN)`, `mean(COLUMN)`, `min(COLUMN)`, `max(COLUMN)` or `count()` with `group`. Without FILE
//! the table comes from standard input. CSVQ_SEPARATOR in the environment separates the output's fields.
//! Exit status: 0; 1 for a query or a table with an error; 2 for a usage error; 5 when nothing was found.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::env;
use std::error::Error;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::process;
use std::str::FromStr;

#[derive(Clone, Debug, PartialEq)]
enum Value {
    Empty,
    Number(f64),
    Text(String),
}

impl FromStr for Value {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(if text.is_empty() {
            Value::Empty
        } else {
            text.parse().map_or_else(|_| Value::Text(text.to_owned()), Value::Number)
        })
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Empty => f.write_str("-"),
            Value::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => write!(f, "{:.0}", number),
            Value::Number(number) => write!(f, "{:.4}", number),
            Value::Text(text) => f.pad(text),
        }
    }
}

impl Value {
    /// A total order: nothing, then numbers, then texts.
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Value::Number(a), Value::Number(b)) => a.total_cmp(b),
            (Value::Text(a), Value::Text(b)) => a.cmp(b),
            _ => self.rank().cmp(&other.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Value::Empty => 0,
            Value::Number(_) => 1,
            Value::Text(_) => 2,
        }
    }

    fn number(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }
}

#[derive(Debug)]
enum QueryError {
    Syntax { expected: &'static str, found: Option<String> },
    UnknownColumn(String),
    Malformed { line: usize, reason: String },
    Input(io::Error),
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            QueryError::Syntax { expected, found: Some(found) } => {
                write!(f, "expected {}, found {:?}", expected, found)
            }
            QueryError::Syntax { expected, found: None } => write!(f, "expected {}, found the end", expected),
            QueryError::UnknownColumn(name) => write!(f, "no column {:?}", name),
            QueryError::Malformed { line, reason } => write!(f, "line {}: {}", line, reason),
            QueryError::Input(error) => write!(f, "cannot read: {}", error.kind()),
        }
    }
}

impl Error for QueryError {}

impl From<io::Error> for QueryError {
    fn from(error: io::Error) -> Self {
        QueryError::Input(error)
    }
}

type Row = Vec<Value>;

struct Table {
    columns: HashMap<String, usize>,
    rows: Vec<Row>,
}

impl Table {
    fn read(input: impl Read) -> Result<Self, QueryError> {
        let mut lines = BufReader::new(input).lines();
        let header = lines.next().transpose()?.unwrap_or_default();
        let names = split_fields(&header, 1)?;
        let columns = names.into_iter().enumerate().map(|(index, name)| (name, index)).collect::<HashMap<_, _>>();
        let mut rows = Vec::new();
        for (index, line) in lines.enumerate() {
            let line = line?;
            if line.trim().is_empty() {
                continue;
            }
            let fields = split_fields(&line, index + 2)?;
            if fields.len() != columns.len() {
                let reason = format!("{} fields, expected {}", fields.len(), columns.len());
                return Err(QueryError::Malformed { line: index + 2, reason });
            }
            rows.push(fields.iter().map(|field| field.parse().unwrap()).collect());
        }
        Ok(Table { columns, rows })
    }

    fn index(&self, name: &str) -> Result<usize, QueryError> {
        self.columns.get(name).copied().ok_or_else(|| QueryError::UnknownColumn(name.to_owned()))
    }
}

/// Splits a line at its commas; a field in quotes may hold commas, and quotes written twice.
fn split_fields(line: &str, number: usize) -> Result<Vec<String>, QueryError> {
    let mut fields = vec![String::new()];
    let mut characters = line.chars().peekable();
    let mut quoted = false;
    while let Some(character) = characters.next() {
        let field = fields.last_mut().expect("there is always a field");
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            other => field.push(other),
        }
    }
    if quoted {
        return Err(QueryError::Malformed { line: number, reason: "a quote is not closed".into() });
    }
    Ok(fields)
}

/// What can be computed over the rows of a group.
trait Aggregate {
    fn add(&mut self, value: &Value);
    fn finish(&self) -> Value;
}

#[derive(Default)]
struct Count(usize);

impl Aggregate for Count {
    fn add(&mut self, _: &Value) {
        self.0 += 1;
    }

    fn finish(&self) -> Value {
        Value::Number(self.0 as f64)
    }
}

#[derive(Default)]
struct Mean {
    sum: f64,
    count: usize,
    is_sum: bool,
}

impl Aggregate for Mean {
    fn add(&mut self, value: &Value) {
        if let Some(number) = value.number() {
            self.sum += number;
            self.count += 1;
        }
    }

    fn finish(&self) -> Value {
        match (self.is_sum, self.count) {
            (true, _) => Value::Number(self.sum),
            (false, 0) => Value::Empty,
            (false, count) => Value::Number(self.sum / count as f64),
        }
    }
}

struct Extreme {
    wanted: Ordering,
    best: Option<Value>,
}

impl Aggregate for Extreme {
    fn add(&mut self, value: &Value) {
        let is_better = self.best.as_ref().map_or(true, |best| value.compare(best) == self.wanted);
        if is_better && *value != Value::Empty {
            self.best = Some(value.clone());
        }
    }

    fn finish(&self) -> Value {
        self.best.clone().unwrap_or(Value::Empty)
    }
}

/// A selected column: a name, or a function over a name.
#[derive(Clone, Debug)]
struct Selection {
    function: Option<String>,
    column: String,
}

impl Selection {
    fn parse(text: &str) -> Self {
        match text.strip_suffix(')').and_then(|text| text.split_once('(')) {
            Some((function, column)) => Selection { function: Some(function.to_owned()), column: column.to_owned() },
            None => Selection { function: None, column: text.to_owned() },
        }
    }

    fn aggregate(&self) -> Result<Box<dyn Aggregate>, QueryError> {
        Ok(match self.function.as_deref() {
            Some("count") => Box::new(Count::default()),
            Some("sum") => Box::new(Mean { is_sum: true, ..Mean::default() }),
            Some("mean") => Box::new(Mean::default()),
            Some("min") => Box::new(Extreme { wanted: Ordering::Less, best: None }),
            Some("max") => Box::new(Extreme { wanted: Ordering::Greater, best: None }),
            other => return Err(QueryError::Syntax { expected: "a function", found: other.map(str::to_owned) }),
        })
    }
}

struct Condition {
    column: String,
    holds: Box<dyn Fn(&Value) -> bool>,
}

impl Condition {
    fn new(column: String, operator: &str, value: Value) -> Result<Self, QueryError> {
        let holds: Box<dyn Fn(&Value) -> bool> = match operator {
            "=" => Box::new(move |other| other.compare(&value).is_eq()),
            "!=" => Box::new(move |other| other.compare(&value).is_ne()),
            "<" => Box::new(move |other| other.compare(&value).is_lt()),
            ">" => Box::new(move |other| other.compare(&value).is_gt()),
            "~" => {
                let part = value.to_string().to_lowercase();
                Box::new(move |other| other.to_string().to_lowercase().contains(&part))
            }
            other => return Err(QueryError::Syntax { expected: "an operator", found: Some(other.to_owned()) }),
        };
        Ok(Condition { column, holds })
    }
}

#[derive(Default)]
struct Query {
    selections: Vec<Selection>,
    conditions: Vec<Condition>,
    group: Option<String>,
    sort: Option<(String, bool)>,
    limit: Option<usize>,
}

impl Query {
    fn parse(text: &str) -> Result<Self, QueryError> {
        let mut words = text.split_whitespace().peekable();
        let mut query = Query::default();
        fn next<'a>(words: &mut dyn Iterator<Item = &'a str>, expected: &'static str) -> Result<&'a str, QueryError> {
            words.next().ok_or(QueryError::Syntax { expected, found: None })
        }
        while let Some(word) = words.next() {
            match word {
                "select" => {
                    query.selections = next(&mut words, "columns")?.split(',').map(Selection::parse).collect();
                }
                "where" | "and" => {
                    let column = next(&mut words, "a column")?.to_owned();
                    let operator = next(&mut words, "an operator")?;
                    let value = next(&mut words, "a value")?.parse().unwrap();
                    query.conditions.push(Condition::new(column, operator, value)?);
                }
                "group" => query.group = Some(next(&mut words, "a column")?.to_owned()),
                "sort" => {
                    let column = next(&mut words, "a column")?.to_owned();
                    query.sort = Some((column, words.next_if_eq(&"desc").is_some()));
                }
                "limit" => {
                    let text = next(&mut words, "a number")?;
                    let syntax = |_| QueryError::Syntax { expected: "a number", found: Some(text.to_owned()) };
                    query.limit = Some(text.parse().map_err(syntax)?);
                }
                other => return Err(QueryError::Syntax { expected: "a clause", found: Some(other.to_owned()) }),
            }
        }
        if query.selections.is_empty() {
            return Err(QueryError::Syntax { expected: "select", found: None });
        }
        Ok(query)
    }

    fn run(&self, table: &Table) -> Result<Vec<Row>, QueryError> {
        let mut rows = Vec::new();
        'rows: for row in &table.rows {
            for condition in &self.conditions {
                if !(condition.holds)(&row[table.index(&condition.column)?]) {
                    continue 'rows;
                }
            }
            rows.push(row);
        }
        let mut rows = match &self.group {
            Some(column) => self.grouped(table, &rows, table.index(column)?)?,
            None => self.selected(table, &rows)?,
        };
        if let Some((column, descending)) = &self.sort {
            let is_wanted = |selection: &Selection| selection.column == *column;
            let position = self.selections.iter().position(is_wanted);
            let position = position.ok_or_else(|| QueryError::UnknownColumn(column.clone()))?;
            rows.sort_by(|a, b| {
                let order = a[position].compare(&b[position]);
                if *descending { order.reverse() } else { order }
            });
        }
        rows.truncate(self.limit.unwrap_or(usize::MAX));
        Ok(rows)
    }

    fn selected(&self, table: &Table, rows: &[&Row]) -> Result<Vec<Row>, QueryError> {
        let indices = self.selections.iter().map(|selection| table.index(&selection.column));
        let indices = indices.collect::<Result<Vec<_>, _>>()?;
        Ok(rows.iter().map(|row| indices.iter().map(|&index| row[index].clone()).collect()).collect())
    }

    fn grouped(&self, table: &Table, rows: &[&Row], key: usize) -> Result<Vec<Row>, QueryError> {
        let mut groups: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
        for row in rows {
            groups.entry(row[key].to_string()).or_default().push(row);
        }
        let mut result = Vec::with_capacity(groups.len());
        for members in groups.values() {
            let mut row = Vec::new();
            for selection in &self.selections {
                if selection.function.is_none() {
                    row.push(members[0][table.index(&selection.column)?].clone());
                    continue;
                }
                let mut aggregate = selection.aggregate()?;
                for member in members {
                    let is_count = selection.column.is_empty();
                    aggregate.add(if is_count { &Value::Empty } else { &member[table.index(&selection.column)?] });
                }
                row.push(aggregate.finish());
            }
            result.push(row);
        }
        Ok(result)
    }
}

fn run(query: &str, file: Option<&str>) -> Result<usize, Box<dyn Error>> {
    let query = Query::parse(query)?;
    let input: Box<dyn Read> = match file {
        Some(path) => Box::new(File::open(path).map_err(QueryError::from)?),
        None => Box::new(io::stdin()),
    };
    let table = Table::read(input)?;
    let rows = query.run(&table)?;
    let separator = env::var("CSVQ_SEPARATOR").unwrap_or_else(|_| "\t".into());
    let mut out = BufWriter::new(io::stdout());
    for row in &rows {
        writeln!(out, "{}", row.iter().map(Value::to_string).collect::<Vec<_>>().join(&separator))?;
    }
    out.flush()?;
    Ok(rows.len())
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (query, file) = match arguments.as_slice() {
        [query] => (query, None),
        [query, file] => (query, Some(file.as_str())),
        _ => {
            eprintln!("usage: csvq QUERY [FILE]");
            process::exit(2);
        }
    };
    match run(query, file) {
        Ok(0) => process::exit(5),
        Ok(_) => {}
        Err(error) => {
            println!("csvq: {}", error);
            process::exit(1);
        }
    }
}
