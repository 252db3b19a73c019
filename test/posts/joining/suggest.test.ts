import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { linkClues, ownLinks, pictureClues } from '../../../src/posts/joining/clues.ts'
import {
	type Clues,
	eachOnce,
	type Head,
	likelihoodOf,
	namesIn,
	type Pair,
	scorePairs,
} from '../../../src/posts/joining/suggest.ts'

const DAY = 24 * 60 * 60 * 1000
const NONE: Clues = { links: [], pictures: [] }

let ids = 0
function head(locale: string, day: string, title = '', rest: Partial<Head> = {}): Head {
	return {
		...{ id: ++ids, kind: 'post', author_id: 1, locales: [locale], titles: [title] },
		...{ time: Date.parse(`${day}T09:00Z`), day },
		...rest,
	}
}

const kindsOf = ({ reasons }: Pair) => reasons.map(({ kind }) => kind)

const test = suite('posts that may be translations of each other')

test('two texts of one day in two languages are possible, and their score says so', () => {
	const [ru, en] = [head('ru', '2010-11-26', 'Итоги'), head('en', '2010-11-26', 'Results')]
	const [pair, ...others] = scorePairs([en, ru], NONE)
	assert.equal([pair!.a.id, pair!.b.id], [ru.id, en.id])
	assert.equal(kindsOf(pair!), ['day'])
	assert.is(likelihoodOf(pair!), 'possible')
	assert.is(others.length, 0)
})

test('the old blog’s texts about a conference are almost surely one: link, names and days', () => {
	const ru = head('ru', '2010-11-26', 'eGov2.0: финальный релиз, или почему практика лучше')
	const en = head('en', '2010-11-29', 'eGov2.0 final release or why the practical experience is better.')
	const [pair] = scorePairs([ru, en], { links: [{ from: en.id, to: ru.id, of: 1 }], pictures: [] })
	assert.equal(kindsOf(pair!), ['link', 'days', 'names'])
	assert.equal(pair!.reasons[2], { kind: 'names', names: ['egov2.0'] })
	assert.is(likelihoodOf(pair!), 'sure')
})

test('a link counts less in a list of many posts, and more when it goes both ways', () => {
	const [ru, en] = [head('ru', '2010-11-26'), head('en', '2011-11-26')]
	const scoreOf = (links: Clues['links']) => scorePairs([ru, en], { links, pictures: [] })[0]?.score ?? 0
	const one = scoreOf([{ from: en.id, to: ru.id, of: 1 }])
	assert.ok(scoreOf([{ from: en.id, to: ru.id, of: 12 }]) < one)
	assert.ok(
		scoreOf([
			{ from: en.id, to: ru.id, of: 1 },
			{ from: ru.id, to: en.id, of: 1 },
		]) > one,
	)
})

test('pictures that only two posts show bring them together, however far apart they appeared', () => {
	const [ru, en] = [head('ru', '2010-11-26'), head('en', '2012-01-01')]
	const pictures = pictureClues([{ media: 1, posts: [en.id, ru.id, en.id] }])
	assert.equal(scorePairs([ru, en], { links: [], pictures })[0]!.reasons, [{ kind: 'pictures', count: 1 }])
})

test('a picture that many posts show says nothing', () => {
	assert.equal(pictureClues([{ media: 1, posts: [1, 2, 3, 4, 5, 6, 7] }]), [])
	assert.is(pictureClues([{ media: 1, posts: [1, 2, 3] }])[0]!.rare, 0)
})

test('texts of one language, of different kinds or far apart are no pair', () => {
	const ru = head('ru', '2010-11-26')
	assert.equal(scorePairs([ru, head('ru', '2010-11-26')], NONE), [])
	assert.equal(scorePairs([ru, head('en', '2010-11-26', '', { kind: 'page' })], NONE), [])
	assert.equal(scorePairs([ru, head('en', '2010-12-26')], NONE), [])
	assert.equal(scorePairs([ru, head('en', '2010-11-26', '', { locales: ['en', 'ru'] })], NONE), [])
})

test('each post is told of once, in its best pair', () => {
	const ru = head('ru', '2010-11-26', 'Лагерь GovCamp 2010')
	const other = head('en', '2010-11-26', 'Something else')
	const en = head('en', '2010-11-26', 'GovCamp 2010')
	const pairs = eachOnce(scorePairs([ru, other, en], NONE))
	assert.equal(
		pairs.map(({ a, b }) => [a.id, b.id]),
		[[ru.id, en.id]],
	)
})

test('names are words with digits and words in Latin letters, whatever their case', () => {
	assert.equal([...namesIn(['Конференция eGov 2.0 и GovLoop', 'в 2010-м'])], ['egov', '2.0', 'govloop', '2010-м'])
})

test('links to this blog are known by any of its hosts, others are not ours', () => {
	const html =
		'<a href="/ru/2010/11/itogi/">1</a> <a href="http://www.old.example/2010/11/26/results">2</a>' +
		'<a href="https://old.example/?p=12&amp;lang=en">3</a> <a href="https://other.example/ru/2010/11/x/">4</a>' +
		'<a href="/media/a.jpg">5</a> <a href="/">6</a> <a href="mailto:a@b.c">7</a> <a href="/%D0%B0/#comment-1">8</a>'
	assert.equal(ownLinks(html, new Set(['old.example'])), [
		'/ru/2010/11/itogi/',
		'/2010/11/26/results/',
		'/?p=12',
		'/а/',
	])
})

test('a post links to another one once, and never to itself', () => {
	const leads = new Map([
		['/a/', 1],
		['/old-a/', 1],
		['/b/', 2],
	])
	assert.equal(linkClues([{ postId: 2, paths: ['/a/', '/old-a/', '/b/', '/nowhere/'] }], leads), [
		{ from: 2, to: 1, of: 1 },
	])
})

test('ten thousand posts of one day are looked through by their neighbours, not all by all', () => {
	const heads = Array.from({ length: 10_000 }, (_, at) =>
		head(at % 2 ? 'ru' : 'en', '2010-11-26', `Post ${at}`, { time: DAY * 15_000 + at }),
	)
	let asked = 0
	for (const one of heads) {
		const get = () => {
			asked++
			return 'post'
		}
		Object.defineProperty(one, 'kind', { get })
	}
	assert.ok(scorePairs(heads, NONE).length > 0)
	assert.ok(asked < 10_000 * 100, `${asked}`)
})

test.run()
