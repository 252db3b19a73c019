import Handlebars from 'handlebars'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { makeHelpers } from '../../src/views/helpers.ts'
import { assemble } from '../../src/views/once.ts'

function writer() {
	const handlebars = Handlebars.create()
	let written = 0
	const count = () => String(++written)
	handlebars.registerHelper({ ...makeHelpers(new Map(), new Map()), count })
	const template = handlebars.compile(
		'{{#once "a" part}}{{part.text}}{{count}}{{/once}} {{#once "b" part}}{{count}}{{/once}}',
	)
	return (locale: string, part: object) => {
		const data = { parts: [] }
		return String(assemble(template({ locale, part }, { data }), data.parts))
	}
}

test('a part of the model is written once in a place, for as long as it is the same object', () => {
	const write = writer()
	const part = { text: 'x<' }
	assert.is(write('ru', part), 'x&lt;1 2')
	assert.is(write('ru', part), 'x&lt;1 2')
	assert.is(write('ru', { text: 'y' }), 'y3 4')
	assert.is(write('ru', part), 'x&lt;1 2')
})

test('each language has its own', () => {
	const write = writer()
	const part = { text: '' }
	assert.equal([write('ru', part), write('en', part), write('ru', part)], ['1 2', '3 4', '1 2'])
})

test('a part may stand in another one, and again after it', () => {
	const handlebars = Handlebars.create()
	handlebars.registerHelper(makeHelpers(new Map(), new Map()))
	const template = handlebars.compile(
		'{{#once "a" part}}({{#once "b" part}}ё{{/once}}{{#once "b" part}}ё{{/once}}){{/once}}{{#once "b" part}}{{/once}}',
	)
	const write = (model: object) => {
		const data = { parts: [] }
		return String(assemble(template(model, { data }), data.parts))
	}
	const model = { locale: 'ru', part: {} }
	assert.equal([write(model), write(model)], ['(ёё)ё', '(ёё)ё'])
})

test.run()
