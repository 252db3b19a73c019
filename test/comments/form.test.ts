import * as fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { findWord } from '../../src/comments/decide.ts'
import { checkInput, LIMITS, readInput } from '../../src/comments/form.ts'
import { readHeld, signHeld } from '../../src/comments/held.ts'
import { DEFAULT_POLICY, isOpen } from '../../src/comments/policy.ts'

const DAY = 86_400_000
const read = (fields: Record<string, string>) => readInput(new URLSearchParams(fields))
const errorsOf = (fields: Record<string, string>) =>
	checkInput(read({ name: 'Вера', email: 'vera@example.org', text: 'Да', ...fields }), { requireEmail: true }).map(
		({ field, error }) => `${field} ${error}`,
	)

test('addresses of mail as people have them are taken, others not', () => {
	for (const email of [
		...['a@b.co', 'first.last+tag@sub.example.org', "o'neil@example.ie", 'вера@пример.рф', 'a_b-c@example.museum'],
		...['1@2.io', 'x@xn--e1afmkfd.xn--p1ai'],
	]) {
		assert.equal(errorsOf({ email }), [], email)
	}
	for (const email of [
		...['a', 'a@', '@b.co', 'a@b', 'a@b.', 'a@b..', 'a b@c.de', 'a@b@c.de', 'a@b.c,d@e.f', '<a@b.co>', 'a@b.co;'],
		...['a@b.co\\n', '"a"@b.co'],
	]) {
		assert.equal(errorsOf({ email }), ['email notEmail'], email)
	}
})

test('what is typed is kept but for what has no look', () => {
	const { name, text, url, email } = read({
		name: '  Вера \t\n Павлова\u202e ',
		email: ' vera@example.org ',
		url: ' vera.example ',
		text: '\r\n  a < b && c > d\r\n\r\nконец\0 \r\n',
	})
	assert.equal([name, email, url], ['Вера Павлова', 'vera@example.org', 'https://vera.example'])
	assert.is(text, 'a < b && c > d\n\nконец')
})

test('whatever is sent, it is read and judged, without NUL and halves of characters', () => {
	const any = fc.string({ unit: 'binary', maxLength: 300 })
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.constantFrom('name', 'email', 'url', 'text', 'parent'), any)), (pairs) => {
			const input = readInput(new URLSearchParams(pairs))
			checkInput(input, { requireEmail: true })
			for (const value of [input.name, input.email, input.url, input.text]) {
				assert.ok(value.isWellFormed() && !value.includes('\0'))
			}
		}),
	)
})

test('what passes is short enough for every index', () => {
	const marks = fc.string({
		unit: fc.constantFrom('a', '\u0301', '\u200d', '👩', '\u1100', '\u0915\u094d'),
		maxLength: 3000,
	})
	fc.assert(
		fc.property(marks, (name) => {
			if (errorsOf({ name }).length > 0) return
			assert.ok(Buffer.byteLength(read({ name }).name) <= LIMITS.name * 25)
		}),
	)
	assert.equal(errorsOf({ email: `${'ы'.repeat(130)}@example.org` }), ['email tooLong'])
})

test('a word is found only whole, whatever surrounds it', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[а-яё]{1,8}$/), (around, word) => {
			const has = (text: string) => findWord(text, [word]) === word
			assert.ok(has(`${around} ${word.toUpperCase()} ${around}`))
			assert.not(has(`ъ${word}ъ`))
		}),
	)
	assert.is(findWord('что угодно', ['', ' ', '*']), undefined)
	assert.is(findWord('(a+b)', ['.', '[', '(a+b)']), '(a+b)')
})

test('a conversation closes after its days to the moment', () => {
	const post = { comments_open: 1, published_at: 0 }
	const policy = { ...DEFAULT_POLICY, closeAfterDays: 2 }
	assert.equal(
		[0, 2 * DAY - 1, 2 * DAY].map((now) => isOpen(post, policy, now)),
		[true, true, false],
	)
	assert.ok(isOpen(post, DEFAULT_POLICY, 1e15))
	assert.not(isOpen({ ...post, comments_open: 0 }, DEFAULT_POLICY, 0))
})

test('what waits is known only by our own signature; the newest twenty are kept', () => {
	const ids = Array.from({ length: 30 }, (_, n) => n + 1)
	const cookie = signHeld('secret', ids)
	assert.equal(readHeld('secret', cookie), ids.slice(10))
	assert.equal(readHeld('another', cookie), [])
	assert.equal(readHeld('secret', cookie.replace('30', '31')), [])
	fc.assert(fc.property(fc.string(), (text) => assert.equal(readHeld('secret', text), [])))
})

test.run()
