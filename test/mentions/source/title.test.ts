import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { titleOf } from '../../../src/mentions/source/title.ts'

const told = { title: '', shared: '', site: '', headings: [] as string[], host: 'vasya.example' }
const of = (titles: Partial<typeof told>) => titleOf({ ...told, ...titles })

test('the name of the site is left out, wherever it stands', () => {
	assert.is(of({ title: 'Отчёт о конференции — Блог Васи', site: 'Блог Васи' }), 'Отчёт о конференции')
	assert.is(of({ title: 'Блог Васи » Отчёт о конференции', site: 'Блог Васи' }), 'Отчёт о конференции')
	assert.is(of({ title: 'Results | Vasya' }), 'Results')
	assert.is(of({ title: 'Results « Notes', headings: ['Notes', 'Results'] }), 'Results')
	assert.is(of({ title: 'Results « Notes', shared: 'Results' }), 'Results')
})

test('a title with a dash of its own stays whole', () => {
	assert.is(of({ title: 'Москва — столица' }), 'Москва — столица')
	assert.is(of({ title: 'e-Government: what next' }), 'e-Government: what next')
	assert.is(of({ title: 'Results and more', headings: ['Results'] }), 'Results and more')
})

test('without a title there is the one for sharing, or none', () => {
	assert.is(of({ shared: 'Results' }), 'Results')
	assert.is(of({}), '')
})

test('it is one tame line of bounded length', () => {
	assert.is(of({ title: ' a\n\t b\u202e\u0000 ' }), 'a b')
	assert.is([...of({ title: '𝒳'.repeat(5000) })].length, 200)
})

test.run()
