// Draws the curves. Colours are Okabe and Ito's, which can be told apart without full colour vision; labels and line
// styles say the same again.
'use strict';

const COLOURS = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#56B4E9', '#E69F00', '#000000', '#8a7d00'];
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'pin', 'arrow'];
const LINES = { STOPPED: 'dashed', FAILED: 'dotted' };
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

function line(name, data, index, label, type) {
  return {
    id: name,
    name,
    type: 'line',
    data,
    symbol: SYMBOLS[index % SYMBOLS.length],
    symbolSize: 7,
    color: COLOURS[index % COLOURS.length],
    lineStyle: { width: 2, type: type ?? 'solid' },
    endLabel: { show: true, formatter: label, color: '#1b2430', fontSize: 13 },
    labelLayout: { moveOverlap: 'shiftY' },
    emphasis: { focus: 'series' },
  };
}

function options(series, value, right) {
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 56, right, top: 24, bottom: 44 },
    tooltip: { trigger: 'axis', valueFormatter: number => Number(number).toFixed(4), order: 'valueDesc', confine: true },
    xAxis: { type: 'value', name: 'epoch', nameLocation: 'middle', nameGap: 26, minInterval: 1, min: 1,
      axisLabel: { color: '#56616f' }, splitLine: { show: false } },
    yAxis: { type: 'value', name: value, nameTextStyle: { align: 'left' }, scale: true, axisLabel: { color: '#56616f' } },
    series,
  };
}

function studyChart(trials) {
  const metric = document.getElementById('curve-metric').value;
  const series = trials
    .map((trial, index) => line(`trial ${trial.number}`, points(trial.curves, `validation${metric}`), index,
      `#${trial.number}`, LINES[trial.state]))
    .filter(one => one.data.length > 0);
  return options(series, `validation ${NAMES[metric]}`, 56);
}

function trialChart(trial, values) {
  const series = values.flatMap((value, index) => ['validation', 'training'].map(split => {
    const name = `${split} ${NAMES[value]}`;
    return line(name, points(trial.curves, split + value), index, name, split === 'training' ? 'dashed' : 'solid');
  }));
  return options(series, values.map(value => NAMES[value]).join(', '), 170);
}

async function drawCharts() {
  const sources = new Map();
  for (const element of document.querySelectorAll('[data-chart]')) {
    const source = element.dataset.source;
    if (!sources.has(source)) {
      sources.set(source, fetch(source).then(answer => answer.json()));
    }
    const data = await sources.get(source);
    const option = element.dataset.chart === 'study'
      ? studyChart(data)
      : trialChart(data, element.dataset.values.split(','));
    chartIn(element).setOption(option, { replaceMerge: ['series'] });
  }
}

window.addEventListener('resize', () => charts.forEach(chart => chart.resize()));
document.getElementById('curve-metric')?.addEventListener('change', () => drawCharts());
