//! Help for an editor: JSON Schemas of the files as people write them, settings of VS Code that use them, and snippets.
//!
//! The schemas describe what is typed, not what is published: keys may be English or Chinese, `1.2万平方米` is a number.
//! The YAML extension of VS Code does not look into the front matter of Markdown; `.md` files are helped by snippets.

use crate::read::site;
use crate::schema::{Field, Role, Schemas, Type};
use crate::value::{Kind, Lang};
use serde_json::{Map, Value as Json, json};

/// The folder of the schemas.
const FOLDER: &str = ".vscode/schemas";
/// The language of the schemas: what ajv and the YAML extension both know.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// All files: schemas, settings, recommended extensions, snippets.
pub fn files(schemas: &Schemas) -> Vec<(String, String)> {
    let print = |json: &Json| format!("{json:#}\n");
    let mut files = vec![
        (".vscode/settings.json".to_string(), print(&settings(schemas))),
        (".vscode/extensions.json".to_string(), print(&json!({"recommendations": ["redhat.vscode-yaml"]}))),
        (".vscode/parkpress.code-snippets".to_string(), print(&snippets(schemas))),
        (format!("{FOLDER}/site.json"), print(&schema(site::grammar(), true))),
    ];
    for of in &schemas.types {
        files.push((format!("{FOLDER}/{}.json", of.name), print(&schema(of, true))));
        files.push((format!("{FOLDER}/{}.part.json", of.name), print(&schema(of, false))));
    }
    files
}

/// Which schema is meant for which files. A file in another language says only what differs.
fn settings(schemas: &Schemas) -> Json {
    let mut map = Map::new();
    map.insert(format!("./{FOLDER}/site.json"), json!(["content/site.yaml"]));
    for of in &schemas.types {
        map.insert(format!("./{FOLDER}/{}.json", of.name), json!([format!("content/{}/**/+([a-z0-9-]).yaml", of.folder)]));
        map.insert(format!("./{FOLDER}/{}.part.json", of.name), json!([format!("content/{}/**/+([a-z0-9-]).+([a-z-]).yaml", of.folder)]));
    }
    json!({
        "yaml.schemas": map,
        "yaml.schemaStore.enable": false,
        "files.encoding": "utf8",
        "files.eol": "\n",
        "editor.tabSize": 2,
        "editor.insertSpaces": true,
        "[markdown]": {"editor.quickSuggestions": {"other": true, "comments": false, "strings": true}, "editor.wordWrap": "on"},
        "files.exclude": {".parkpress": true},
    })
}

/// The JSON Schema of a record of a type as it is typed. A part need not be whole.
pub fn schema(of: &Type, whole: bool) -> Json {
    let mut book = Book { definitions: Map::new(), whole };
    let mut schema = book.group(&of.fields, "", false);
    schema["$schema"] = DRAFT.into();
    schema["title"] = of.label.zh.clone().into();
    let body = json!({"type": ["string", "null"], "title": "正文", "description": "Markdown"});
    schema["properties"]["body"] = body.clone();
    schema["properties"]["正文"] = body;
    let needed = needed(&of.fields);
    if whole && !needed.is_empty() {
        match of.with_role(Role::State) {
            // What is still being written may be incomplete.
            Some(state) => {
                let draft = |word: String| json!({"required": [word.clone()], "properties": {word: {"enum": ["draft", "草稿"]}}});
                schema["if"] = json!({"anyOf": words(state).into_iter().map(draft).collect::<Vec<_>>()});
                schema["else"] = json!({"allOf": needed});
            }
            None => schema["allOf"] = needed.into(),
        }
    }
    schema["definitions"] = book.definitions.into();
    schema
}

/// Every word under which a field may stand.
fn words(field: &Field) -> Vec<String> {
    let mut words = vec![field.key.to_string()];
    for word in [&field.label.zh, &field.label.en].into_iter().chain(&field.also) {
        if !word.is_empty() && !words.contains(word) {
            words.push(word.clone());
        }
    }
    words
}

/// One demand for each required field: it stands there under one of its words.
fn needed(fields: &[Field]) -> Vec<Json> {
    let required = fields.iter().filter(|field| field.required && !field.is_computed());
    required.map(|field| json!({"anyOf": words(field).into_iter().map(|word| json!({"required": [word]})).collect::<Vec<_>>()})).collect()
}

/// A schema while it is written: each field is described once, whatever words lead to it.
struct Book {
    definitions: Map<String, Json>,
    whole: bool,
}

impl Book {
    fn group(&mut self, fields: &[Field], path: &str, whole: bool) -> Json {
        let mut properties = Map::new();
        let written: Vec<&Field> = fields.iter().filter(|field| !field.is_computed()).collect();
        let name = |field: &Field| if path.is_empty() { field.key.to_string() } else { format!("{path}.{}", field.key) };
        let lead = |field: &Field| json!({"$ref": format!("#/definitions/{}", name(field))});
        // The key of a field always wins over a label of another one.
        for field in &written {
            self.describe(field, &name(field));
            properties.insert(field.key.to_string(), lead(field));
        }
        for field in &written {
            for word in words(field) {
                properties.entry(word).or_insert_with(|| lead(field));
            }
        }
        let mut group = json!({
            "type": "object",
            "properties": properties,
            "patternProperties": {"^(_|internal_)": {}},
            "additionalProperties": false,
        });
        let needed = needed(fields);
        if whole && !needed.is_empty() {
            group["allOf"] = needed.into();
        }
        group
    }

    fn describe(&mut self, field: &Field, path: &str) {
        let mut one = if field.kind == Kind::Group { self.group(&field.fields, path, self.whole) } else { kind(field) };
        one["title"] = field.label.zh.clone().into();
        let mut told: Vec<String> = Vec::new();
        let unit = field.kind.unit_label(Lang::Zh);
        if !unit.is_empty() {
            told.push(format!("单位：{unit}"));
        }
        told.extend(field.hint.as_ref().map(|hint| hint.zh.clone()));
        if let Kind::Choice(choices) = &field.kind {
            told.push(choices.iter().map(|choice| format!("{} {}", choice.key, choice.label.zh)).collect::<Vec<_>>().join("；"));
        }
        told.extend(field.example.as_ref().map(|example| format!("例如 {example}")));
        if let Some(example) = &field.example {
            one["examples"] = json!([example]);
        }
        let mut whole = json!({"title": one["title"]});
        if !told.is_empty() {
            whole["description"] = told.join("。").into();
        }
        let item = format!("{path}:one");
        let lead = json!({"$ref": format!("#/definitions/{item}")});
        let mut all = vec![lead.clone(), json!({"type": "null"})];
        if field.many {
            let mut list = json!({"type": "array", "items": lead});
            if let Some(most) = field.bounds.most {
                list["maxItems"] = most.into();
            }
            all.insert(0, list);
        }
        whole["anyOf"] = all.into();
        self.definitions.insert(item, one);
        self.definitions.insert(path.to_string(), whole);
    }
}

fn kind(field: &Field) -> Json {
    let text = || json!({"type": ["string", "number", "boolean"]});
    match &field.kind {
        Kind::Choice(choices) => {
            let words = choices.iter().flat_map(|choice| [&choice.key, &choice.label.zh, &choice.label.en].into_iter().chain(&choice.also));
            let mut list: Vec<&String> = Vec::new();
            words.filter(|word| !word.is_empty()).for_each(|word| {
                if !list.contains(&word) {
                    list.push(word);
                }
            });
            // YAML takes a year for a number and `yes` for a flag.
            json!({"anyOf": [{"enum": list}, {"type": ["number", "boolean"]}]})
        }
        Kind::Flag => json!({"enum": [true, false, "是", "否", "有", "无", "yes", "no", "true", "false"]}),
        Kind::Integer | Kind::Decimal | Kind::Percent | Kind::Quantity(_) | Kind::Money(_) => {
            let mut number = json!({"type": "number"});
            if !matches!(field.kind, Kind::Money(_)) {
                for (word, limit) in [("minimum", field.bounds.min), ("maximum", field.bounds.max)] {
                    if let Some(limit) = limit {
                        number[word] = crate::value::json::number(limit);
                    }
                }
            }
            // With a unit of one's own, a range or a word: `1.2万平方米`, `6-8`, `面议`.
            json!({"anyOf": [number, {"type": "string", "pattern": "[0-9０-９]|^[^0-9]+$", "minLength": 1}, {"type": "object"}]})
        }
        Kind::Date | Kind::Month | Kind::DateTime => {
            json!({"anyOf": [{"type": "string", "pattern": "[0-9０-９]{4}|[〇零一二三四五六七八九]{4}"}, {"type": "integer", "minimum": 1000, "maximum": 9999}]})
        }
        Kind::Range(_) => json!({"type": ["string", "number", "array", "object"]}),
        Kind::Url => json!({"type": "string", "pattern": "^\\s*https?://"}),
        Kind::Email => json!({"type": "string", "pattern": "@|＠"}),
        Kind::Image | Kind::File => json!({"type": ["string", "object"]}),
        Kind::Place => json!({"type": ["string", "object", "array"]}),
        Kind::Dates(_) => json!({"type": "object"}),
        // A group is described with its fields.
        Kind::Group => json!({"type": "object"}),
        Kind::Colour => json!({"type": "string", "minLength": 1}),
        _ => match field.pattern.as_deref().filter(|pattern| !pattern.contains("(?")) {
            Some(pattern) => {
                json!({"anyOf": [{"type": "string", "pattern": format!("^\\s*(?:{})\\s*$", pattern.replace("\\p{Han}", "\\p{Script=Han}"))}, {"type": "number"}]})
            }
            None => text(),
        },
    }
}

/// A snippet for each type: the front matter with a stop at every required field.
fn snippets(schemas: &Schemas) -> Json {
    let mut all = Map::new();
    for of in &schemas.types {
        let (mut body, mut stop) = (vec!["---".to_string()], 0);
        body.push(format!("{}: draft   # 草稿：写完后改为 published", of.with_role(Role::State).map_or("state", |field| &*field.key)));
        lines(&of.fields, "", &mut body, &mut stop);
        body.extend(["---".to_string(), String::new(), "$0".to_string()]);
        let prefix = [of.label.zh.clone(), of.name.to_string()];
        all.insert(
            of.label.zh.clone(),
            json!({"scope": "markdown", "prefix": prefix, "description": format!("新建{}", of.label.zh), "body": body}),
        );
    }
    all.into()
}

fn lines(fields: &[Field], indent: &str, body: &mut Vec<String>, stop: &mut usize) {
    for field in fields.iter().filter(|field| field.required && !field.is_computed()) {
        if field.kind == Kind::Group {
            body.push(format!("{indent}{}:   # {}", field.key, escaped(&field.label.zh)));
            let at = body.len();
            lines(&field.fields, &format!("{indent}{}", if field.many { "    " } else { "  " }), body, stop);
            if let Some(first) = body.get_mut(at).filter(|_| field.many) {
                *first = format!("{indent}  - {}", first.trim_start());
            }
            continue;
        }
        *stop += 1;
        let value = match &field.kind {
            Kind::Choice(choices) if !choices.is_empty() => {
                let words: Vec<String> = choices.iter().map(|choice| choice.label.zh.replace([',', '|', '$', '}'], " ")).collect();
                format!("${{{stop}|{}|}}", words.join(","))
            }
            _ => field.example.as_ref().map_or_else(|| format!("${stop}"), |example| format!("${{{stop}:{}}}", escaped(example))),
        };
        body.push(format!("{indent}{}: {value}   # {}", field.key, escaped(&field.label.zh)));
    }
}

/// Signs that a snippet would take for its own.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}
