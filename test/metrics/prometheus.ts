/** A line of a metric: its name, labels and value. */
export interface Sample {
	name: string
	labels: Record<string, string>
	value: number
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"/y
const VALUE = /^(?:[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|\+Inf|-Inf|NaN)$/

/**
 * Reads Prometheus' text format 0.0.4 to the letter: each metric with HELP and TYPE before its lines, no line twice,
 * histograms with growing buckets of which the last is their count.
 * @throws Error that names the line
 */
export function parseMetrics(text: string): Sample[] {
	if (!text.endsWith('\n')) throw new Error('The last line must end')
	const samples: Sample[] = []
	const types = new Map<string, string>()
	const seen = new Set<string>()
	let current = ''
	for (const line of text.slice(0, -1).split('\n')) {
		if (line === '') continue
		const comment = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line)
		if (comment) {
			const [, word, name = '', rest = ''] = comment
			if (word === 'HELP' && seen.has(name)) throw new Error(`twice: ${line}`)
			if (word === 'HELP') seen.add(name)
			if (word === 'TYPE' && !/^(counter|gauge|histogram|summary|untyped)$/.test(rest)) throw new Error(line)
			if (word === 'TYPE') types.set(name, rest)
			current = name
			continue
		}
		const sample = parseSample(line)
		const base = types.get(current) === 'histogram' ? sample.name.replace(/_(bucket|sum|count)$/, '') : sample.name
		if (base !== current || !types.has(base)) throw new Error(`without its TYPE: ${line}`)
		const key = JSON.stringify([sample.name, sample.labels])
		if (seen.has(key)) throw new Error(`twice: ${line}`)
		seen.add(key)
		samples.push(sample)
	}
	for (const [name, type] of types) if (type === 'histogram') checkHistogram(name, samples)
	return samples
}

function parseSample(line: string): Sample {
	NAME.lastIndex = 0
	const name = NAME.exec(line)?.[0]
	if (!name) throw new Error(`no name: ${line}`)
	const labels: Record<string, string> = {}
	let at = name.length
	if (line[at] === '{') {
		at += 1
		while (line[at] !== '}') {
			LABEL.lastIndex = at
			const label = LABEL.exec(line)
			if (!label || Object.hasOwn(labels, label[1]!)) throw new Error(`a label: ${line}`)
			labels[label[1]!] = label[2]!
			at = LABEL.lastIndex
			if (line[at] === ',') at += 1
			else if (line[at] !== '}') throw new Error(`after a label: ${line}`)
		}
		at += 1
	}
	const value = line.slice(at + 1)
	if (line[at] !== ' ' || !VALUE.test(value)) throw new Error(`a value: ${line}`)
	return { name, labels, value: Number(value.replace('Inf', 'Infinity')) }
}

function checkHistogram(name: string, samples: Sample[]): void {
	const totals = new Map<string, number>()
	for (const { name: of, labels, value } of samples) {
		if (of !== `${name}_bucket`) continue
		const { le, ...rest } = labels
		const key = JSON.stringify(rest)
		if (value < (totals.get(key) ?? 0)) throw new Error(`${name} ${key} shrinks at ${le}`)
		totals.set(key, value)
		const count = samples.find((one) => one.name === `${name}_count` && JSON.stringify(one.labels) === key)
		if (le === '+Inf' && count?.value !== value) throw new Error(`${name} ${key}: the count is not that of +Inf`)
	}
}
