//! Sentences about charts and about the components of a theme.

use crate::diagnostic::{Diagnostic, Place, Said, said};

/// A chart of an unknown kind.
pub fn kind_unknown(place: Place, word: &str, near: Option<&str>, all: &[&str]) -> Diagnostic {
    Diagnostic::error("chart-kind-unknown", place, said(format!("没有名为“{word}”的图表。"), format!("There is no chart “{word}”."))).hint(
        match near {
            Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
            None => said(format!("可用：{}", all.join("、")), format!("Charts: {}", all.join(", "))),
        },
    )
}

/// The columns of a chart's table do not go with its kind.
pub fn columns(place: Place, kind: &str, found: usize, names: usize) -> Diagnostic {
    let (zh, en) = match names {
        2 => ("写三列：| 从 | 到 | 数量 |", "Write three columns: | From | To | Amount |"),
        _ if kind == "donut" || kind == "funnel" => ("写两列：| 名称 | 数值 |", "Write two columns: | Name | Value |"),
        _ => ("第一列写名称，后面每列一组数字：| 年份 | 产值 |", "Names first, then one column for each series: | Year | Output |"),
    };
    Diagnostic::error(
        "chart-columns",
        place,
        said(format!("“{kind}”图的表格有 {found} 列，列数不对。"), format!("The table of a “{kind}” chart cannot have {found} columns.")),
    )
    .hint(said(zh, en))
}

/// A row of a chart's table is longer or shorter than its head.
pub fn row_length(place: Place, wanted: usize, found: usize) -> Diagnostic {
    Diagnostic::error(
        "chart-row-length",
        place,
        said(format!("表头有 {wanted} 列，这一行有 {found} 列。"), format!("The head has {wanted} columns, this row has {found}.")),
    )
    .hint(said("没有数据的格子写 –；数字里的千位逗号在 CSV 里要加引号。", "An empty cell is –; a number with commas needs quotes in CSV."))
}

/// A cell of a chart that is no exact number.
pub fn number(place: Place, cell: &str) -> Diagnostic {
    Diagnostic::error("chart-number", place, said(format!("图表里的“{cell}”不是数字。"), format!("“{cell}” in a chart is no number.")))
        .hint(said(
            "只写数字，如 21.6；单位写在“单位”里，没有数据写 –。",
            "Write the number alone, such as 21.6; the unit stands in “unit”; a missing one is –.",
        ))
}

/// A chart that cannot be drawn.
pub fn unfit(place: Place, kind: &str, why: &Said) -> Diagnostic {
    Diagnostic::error(
        "chart-unfit",
        place,
        said(format!("这些数据画不成“{kind}”图：{}", why.zh), format!("These numbers make no “{kind}” chart: {}", why.en)),
    )
    .hint(said(
        "改数据，或换一种图：bar、stacked、line、donut、funnel、flow。",
        "Change the numbers, or choose another kind: bar, stacked, line, donut, funnel, flow.",
    ))
}

/// A component of the site without an example.
pub fn example_missing(place: Place, name: &str) -> Diagnostic {
    Diagnostic::warning(
        "component-example-missing",
        place,
        said(format!("组件“{name}”没有示例。"), format!("The component “{name}” has no example.")),
    )
    .hint(said(
        format!("在 components/{name}/{name}.yaml 里写一个：示例: {{title: 名称, arguments: {{…}}}}"),
        format!("Write one in components/{name}/{name}.yaml: plain: {{title: Name, arguments: {{…}}}}"),
    ))
}

/// Examples of a component that no template defines.
pub fn component_unknown(place: Place, name: &str, near: Option<&str>) -> Diagnostic {
    Diagnostic::error(
        "component-unknown",
        place,
        said(format!("没有模板定义组件“{name}”。"), format!("No template defines the component “{name}”.")),
    )
    .hint(match near {
        Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
        None => said(
            format!("文件夹、文件和组件同名：components/{name}/{name}.html 里写 {{% component {name}(…) %}}。"),
            format!("Folder, file and component share their name: {{% component {name}(…) %}} in components/{name}/{name}.html."),
        ),
    })
}

/// An example gives an argument that the component does not have.
pub fn argument_unknown(place: Place, name: &str, argument: &str, near: Option<&str>, all: &[&str]) -> Diagnostic {
    Diagnostic::error(
        "component-argument",
        place,
        said(format!("组件“{name}”没有参数“{argument}”。"), format!("The component “{name}” has no argument “{argument}”.")),
    )
    .hint(match near {
        Some(near) => said(format!("是不是“{near}”？"), format!("Did you mean “{near}”?")),
        None => said(format!("它的参数：{}", all.join("、")), format!("Its arguments: {}", all.join(", "))),
    })
}

/// An example lacks an argument that the component needs.
pub fn argument_missing(place: Place, name: &str, argument: &str) -> Diagnostic {
    Diagnostic::error(
        "component-argument",
        place,
        said(format!("组件“{name}”的这个示例缺少参数“{argument}”。"), format!("This example of “{name}” lacks the argument “{argument}”.")),
    )
    .hint(said(format!("在 arguments: 下面加一行：{argument}: …"), format!("Add a line below arguments: {argument}: …")))
}

/// An example that does not render; `trouble` is what the engine said.
pub fn example_failed(place: Place, name: &str, trouble: Diagnostic) -> Diagnostic {
    let why = trouble.message;
    let diagnostic = Diagnostic::error(
        "component-example-failed",
        place,
        said(format!("组件“{name}”的示例不能渲染。{}", why.zh), format!("This example of “{name}” cannot be rendered. {}", why.en)),
    )
    .hint(said("让示例的参数和模板用到的一致。", "Give the example the arguments that the template uses."));
    match trouble.place {
        Some(place) => diagnostic.see(place, said("出错的模板", "the template that failed")),
        None => diagnostic,
    }
}

/// The columns of one chart are measured in different units.
pub fn units_differ(place: Place, first: &str, other: &str) -> Diagnostic {
    Diagnostic::error(
        "chart-units-differ",
        place,
        said(
            format!("“{first}”和“{other}”单位不同，不能画在一根轴上。"),
            format!("“{first}” and “{other}” have different units and share no axis."),
        ),
    )
    .hint(said("分成几张图：chart: [{…}, {…}]。", "Make several charts: chart: [{…}, {…}]."))
}
