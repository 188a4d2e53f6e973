//! From the texts of a query string or path to JSON values, as the message's schema wants them.

use crate::body::Fields;
use crate::problem::Problem;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use utoipa::openapi::{RefOr, Schema};

/// A message's schema with the schemas it refers to.
#[derive(Clone)]
pub(crate) struct Shape {
    pub name: String,
    pub components: BTreeMap<String, RefOr<Schema>>,
    /// The same as JSON, for looking things up by path.
    plain: BTreeMap<String, Value>,
}

impl Shape {
    pub(crate) fn of<M: ToSchema>() -> Self {
        let name = M::name().into_owned();
        let mut others = vec![(name.clone(), M::schema())];
        M::schemas(&mut others);
        let components: BTreeMap<_, _> = others.into_iter().collect();
        let plain = components
            .iter()
            .map(|(name, schema)| (name.clone(), serde_json::to_value(schema).unwrap_or_default()))
            .collect();
        Self {
            name,
            components,
            plain,
        }
    }

    /// The schema of every field of the message itself.
    pub(crate) fn properties(&self) -> Map<String, Value> {
        match self
            .plain
            .get(&self.name)
            .and_then(|schema| schema.get("properties"))
        {
            Some(Value::Object(properties)) => properties.clone(),
            _ => Map::new(),
        }
    }

    /// Puts `text` under `path` (`page.size` is the field `size` of the field `page`), read as the schema says.
    /// Repeated fields may be said several times, or once with commas.
    pub(crate) fn insert(&self, fields: &mut Fields, path: &str, text: &str) -> Result<(), Problem> {
        let unknown = || Problem::invalid(path, format!("没有“{path}”这个字段。"));
        let (parents, name) = path
            .rsplit_once('.')
            .map_or((None, path), |(parents, name)| (Some(parents), name));
        let mut schema = self.plain.get(&self.name).ok_or_else(unknown)?;
        let mut target = fields;
        for parent in parents.into_iter().flat_map(|parents| parents.split('.')) {
            schema = self.field(schema, parent).ok_or_else(unknown)?;
            let inner = target.entry(parent).or_insert_with(|| Value::Object(Map::new()));
            target = inner.as_object_mut().ok_or_else(unknown)?;
        }
        let schema = self.field(schema, name).ok_or_else(unknown)?;
        let kind = kind_of(schema);
        if kind != "array" {
            target.insert(name.to_owned(), scalar(kind, text, path)?);
            return Ok(());
        }
        let item = schema.get("items").map_or("string", kind_of);
        let list = target.entry(name).or_insert_with(|| Value::Array(Vec::new()));
        let list = list.as_array_mut().ok_or_else(unknown)?;
        for text in text.split(',').filter(|text| !text.is_empty()) {
            list.push(scalar(item, text, path)?);
        }
        Ok(())
    }

    fn field<'a>(&'a self, schema: &'a Value, name: &str) -> Option<&'a Value> {
        let schema = self.resolve(schema)?;
        self.resolve(schema.get("properties")?.get(name)?)
    }

    /// Follows a reference; an optional message is one of null and a reference.
    fn resolve<'a>(&'a self, schema: &'a Value) -> Option<&'a Value> {
        let reference = |schema: &'a Value| schema.get("$ref").and_then(Value::as_str);
        let inner = schema.get("oneOf").and_then(Value::as_array);
        let wanted = reference(schema).or_else(|| inner?.iter().find_map(reference));
        match wanted {
            Some(path) => self.plain.get(path.rsplit('/').next()?),
            None => Some(schema),
        }
    }
}

/// The type that is not null.
fn kind_of(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(kind)) => kind,
        Some(Value::Array(kinds)) => kinds
            .iter()
            .filter_map(Value::as_str)
            .find(|kind| *kind != "null")
            .unwrap_or("string"),
        _ => "string",
    }
}

fn scalar(kind: &str, text: &str, path: &str) -> Result<Value, Problem> {
    let value = match kind {
        "integer" => text
            .parse::<i64>()
            .map(Value::from)
            .or_else(|_| text.parse::<u64>().map(Value::from))
            .map_err(|_| "应是整数。"),
        "number" => text.parse::<f64>().map(Value::from).map_err(|_| "应是数字。"),
        "boolean" => text
            .parse::<bool>()
            .map(Value::from)
            .map_err(|_| "应是 true 或 false。"),
        _ => Ok(Value::from(text)),
    };
    value.map_err(|rule| Problem::invalid(path, rule))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingcha_proto::directory::SetCalendarYearRequest;
    use mingcha_proto::intake::ReceiveTipRequest;

    fn read(shape: &Shape, pairs: &[(&str, &str)]) -> Result<Value, Problem> {
        let mut fields = Fields::new();
        for (path, text) in pairs {
            shape.insert(&mut fields, path, text)?;
        }
        Ok(Value::Object(fields))
    }

    #[test]
    fn texts_become_what_the_schema_says() {
        let shape = Shape::of::<ReceiveTipRequest>();
        let pairs = [
            ("danger", "true"),
            ("seen", "smell,barrels"),
            ("seen", "other"),
            ("place.text", "桥北"),
            ("place.coordinates.latitude", "34.1"),
            ("line", "12350"),
            ("contact.phone", "139"),
        ];
        let expected = serde_json::json!({
            "danger": true, "seen": ["smell", "barrels", "other"], "line": "12350",
            "place": {"text": "桥北", "coordinates": {"latitude": 34.1}}, "contact": {"phone": "139"},
        });
        assert_eq!(read(&shape, &pairs).expect("fields"), expected);
    }
    #[test]
    fn what_does_not_fit_is_named() {
        let shape = Shape::of::<SetCalendarYearRequest>();
        let problem = read(&shape, &[("year", "last")]).expect_err("refused");
        assert_eq!(problem.details().field.as_deref(), Some("year"));
        let problem = read(&shape, &[("yaer", "2020")]).expect_err("refused");
        assert_eq!(problem.details().status, 422);
    }
}
