import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { hashPassword, passwordProblem, verifyPassword } from '../../src/authors/password.ts'

test('a password is stored by Argon2id at the cost that OWASP recommends', async () => {
	assert.match(await hashPassword('correct horse battery'), /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('a password fits its own hash only, however its letters are composed', async () => {
	const stored = await hashPassword('ёлка и щука')
	assert.is(await verifyPassword(stored, 'ёлка и щука'.normalize('NFD')), true)
	assert.is(await verifyPassword(stored, 'елка и щука'), false)
	assert.is(await verifyPassword('no hash', 'ёлка и щука'), false)
})

test('without an account the answer is no, even to the password that stands in for it', async () => {
	for (const stored of [null, undefined, '']) assert.is(await verifyPassword(stored, 'nobody has this one'), false)
})

test('an unknown account takes the same work as a known one', async () => {
	const stored = await hashPassword('correct horse battery')
	const time = async (hash: string | null) => {
		const started = performance.now()
		for (let round = 0; round < 5; round++) await verifyPassword(hash, 'wrong horse battery')
		return performance.now() - started
	}
	await time(null)
	const ratio = (await time(null)) / (await time(stored))
	assert.ok(ratio > 0.2, String(ratio))
})

test('short, long, repeated and personal passwords are refused', () => {
	const known = ['anna@example.org', 'anna', 'Анна Ёлкина']
	assert.is(passwordProblem('123456789', known), 'short')
	assert.is(passwordProblem('👩‍💻👩‍💻', known), 'short')
	assert.is(passwordProblem('a'.repeat(20), known), 'same')
	assert.is(passwordProblem('ab'.repeat(10), known), 'same')
	assert.is(passwordProblem('Anna@Example.org', known), 'personal')
	assert.is(passwordProblem('анна ёлкина', known), 'personal')
	assert.is(passwordProblem('x1y2'.repeat(300), known), 'long')
	assert.is(passwordProblem('anna@example.org1', known), 'personal')
	assert.is(passwordProblem('Ёлкина-2025', known), 'personal')
	assert.is(passwordProblem('correct horse', known), undefined)
	assert.is(passwordProblem('анна любит щавель', known), undefined)
})

test('passwords that are guessed first are refused, dressed up or typed on the other layout too', () => {
	for (const password of [
		...['qwertyuiop', '1234567890', 'password123', 'Password2024!', 'p@ssw0rd123', 'passwordpassword', 'drowssap123'],
		...['йцукенгшщз', 'пароль12345', 'солнышко123', 'gfhjkm123456', 'abcdefghijklm', '0987654321', 'zxcvbnm,./'],
		...['1q2w3e4r5t', 'qazwsxedcrfv', 'football2025', 'любовьлюбовь', 'iloveyou!!!!', '123123123123'],
	]) {
		assert.is(passwordProblem(password, []), 'common', password)
	}
	for (const password of [
		'правильная лошадь батарея',
		'vK3#mPq9Zt',
		'dragon from the seventh floor',
		'семь пятниц на неделе',
	]) {
		assert.is(passwordProblem(password, []), undefined, password)
	}
	const started = performance.now()
	passwordProblem('ab1'.repeat(333), [])
	assert.ok(performance.now() - started < 200)
})

test.run()
