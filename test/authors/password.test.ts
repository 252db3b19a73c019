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
	assert.is(passwordProblem('correct horse', known), undefined)
})

test.run()
