// Draws the curves, and each hyperparameter against the metric. Colours are Okabe and Ito's, which can be told apart
// without full colour vision; labels and line styles say the same again.
'use strict';

const COLOURS = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#56B4E9', '#E69F00', '#000000', '#8a7d00'];
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'pin', 'arrow'];
const LINES = { STOPPED: 'dashed', FAILED: 'dotted' };
const MANY_LINES = 12; // more do not fit into one tooltip
const QUIET = '#56616f';
const NAMES = { Loss: 'loss', Accuracy: 'accuracy', MacroF1: 'macro F1' };

const charts = new Map();

function chartIn(element) {
  if (!charts.has(element)) {
    charts.set(element, echarts.init(element));
  }
  return charts.get(element);
}

function points(curves, key) {
  return curves.filter(epoch => epoch[key] !== null).map(epoch => [epoch.epoch, Number(epoch[key])]);
}

function line(name, data, index, type) {
  return {
    id: name,
    name,
    type: 'line',
    data,
    symbol: SYMBOLS[index % SYMBOLS.length],
    symbolSize: 7,
    color: COLOURS[index % COLOURS.length],
    lineStyle: { width: 2, type: type ?? 'solid' },
    emphasis: { focus: 'series' },
  };
}

const EPOCHS = { type: 'value', name: 'epoch', minInterval: 1, min: 1, splitLine: { show: false } };

function options(series, value, xAxis = EPOCHS) {
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 56, right: 24, top: 40, bottom: 44 },
    tooltip: { trigger: series.length > MANY_LINES ? 'item' : 'axis', order: 'valueDesc', confine: true,
      valueFormatter: number => Number(number).toFixed(4) },
    xAxis: { nameLocation: 'middle', nameGap: 26, axisLabel: { color: QUIET }, ...xAxis },
    yAxis: { type: 'value', name: value, nameTextStyle: { align: 'left' }, scale: true, axisLabel: { color: QUIET } },
    series,
  };
}

// Lines that end close together share one label, or nobody could read any.
function labelEnds(lines) {
  const ends = lines.map(({ label, series }) => ({ label, series, at: series.data[series.data.length - 1] }));
  const values = lines.map(({ series }) => series.data.map(point => point[1]));
  const highest = Math.max(...values.map(ofLine => Math.max(...ofLine)));
  const lowest = Math.min(...values.map(ofLine => Math.min(...ofLine)));
  const close = (highest - lowest) * 0.05;
  ends.sort((one, other) => one.at[0] - other.at[0] || other.at[1] - one.at[1]);
  let group = null;
  for (const end of ends) {
    if (group && group.at[0] === end.at[0] && group.lowest - end.at[1] < close) {
      group.labels.push(end.label);
      group.lowest = end.at[1];
    } else {
      group = { at: end.at, lowest: end.at[1], labels: [end.label], series: end.series };
    }
    const { labels } = group;
    const text = labels.length <= 4 ? labels.join(' ') : `${labels.slice(0, 3).join(' ')} +${labels.length - 3}`;
    group.series.endLabel = { show: true, formatter: text, color: '#1b2430', fontSize: 13, distance: 8 };
  }
}

function chosenMetric() {
  return document.getElementById('metric').value;
}

function studyChart(trials) {
  const metric = chosenMetric();
  const lines = trials
    .map((trial, index) => ({
      label: `#${trial.number}`,
      series: line(`trial ${trial.number}`, points(trial.curves, `validation${metric}`), index, LINES[trial.state]),
    }))
    .filter(({ series }) => series.data.length > 0);
  labelEnds(lines);
  const option = options(lines.map(({ series }) => series), `validation ${NAMES[metric]}`);
  option.grid.right = 90;
  return option;
}

function hyperparameterChart(trials, { hyperparameter, axis }) {
  const metric = NAMES[chosenMetric()];
  const key = chosenMetric()[0].toLowerCase() + chosenMetric().slice(1);
  const read = value => (axis === 'category' ? String(value) : value);
  const data = trials.filter(trial => trial.validation).map(trial => ({
    name: `trial ${trial.number}`,
    value: [read(trial.hyperparameters[hyperparameter]), Number(trial.validation[key])],
    itemStyle: { color: trial.state === 'COMPLETED' ? COLOURS[0] : '#fff', borderColor: COLOURS[0] },
  }));
  const option = options([{ id: hyperparameter, type: 'scatter', symbolSize: 9, data }], `validation ${metric}`,
    { type: axis, name: hyperparameter, scale: true, ...(axis === 'log' && { min: 'dataMin', max: 'dataMax' }) });
  Object.assign(option.xAxis.axisLabel,
    { formatter: shortest, interval: 0, hideOverlap: true, width: 120, overflow: 'truncate' });
  option.tooltip.trigger = 'item';
  option.tooltip.formatter = ({ name, value }) =>
    echarts.format.encodeHTML(`${name}: ${hyperparameter} ${shortest(value[0])}, ${metric} ${value[1].toFixed(4)}`);
  return option;
}

function shortest(value) {
  return typeof value === 'number' ? Number(value.toPrecision(3)) : value;
}

function trialChart(trial, values) {
  const series = values.flatMap((value, index) => ['validation', 'training'].map(split =>
    line(`${split} ${NAMES[value]}`, points(trial.curves, split + value), index, split === 'training' ? 'dashed' : 'solid')));
  return withLegend(options(series, ''), values.length > 1 ? 60 : 40);
}

function classesChart(reports) {
  const classes = reports.length > 0 ? reports[0].classes : [];
  const series = classes.map((name, label) =>
    line(name, reports.map(report => [report.epoch, report.perClass[label].f1]), label));
  return withLegend(options(series, ''), 60);
}

function withLegend(option, height) {
  option.legend = { top: 0, left: 50, itemWidth: 34, textStyle: { color: '#1b2430', fontSize: 13 } };
  option.grid.top = height;
  return option;
}

const CHARTS = {
  study: data => studyChart(data),
  hyperparameter: (data, element) => hyperparameterChart(data, element.dataset),
  trial: (data, element) => trialChart(data, element.dataset.values.split(',')),
  classes: data => classesChart(data),
};

async function drawCharts() {
  const sources = new Map();
  for (const element of document.querySelectorAll('[data-chart]')) {
    const source = element.dataset.source;
    if (!sources.has(source)) {
      sources.set(source, fetch(source).then(answer => answer.json()));
    }
    const option = CHARTS[element.dataset.chart](await sources.get(source), element);
    chartIn(element).setOption(option, { replaceMerge: ['series'] });
  }
}

window.addEventListener('resize', () => charts.forEach(chart => chart.resize()));
