// Check credentials and answers with the code of Digital Bazaar, which shares
// nothing with this project but the standards.
//
//	node check.mjs FILE...
//
// Prints "yes FILE" or "no FILE" for each; a holder's answer needs both its own
// proof, for the challenge and domain that stand in it, and its credential's.
import {readFileSync} from 'node:fs';
import jsigs from 'jsonld-signatures';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {createVerifyCryptosuite} from
	'@digitalbazaar/eddsa-jcs-2022-cryptosuite';

const {AssertionProofPurpose, AuthenticationProofPurpose} = jsigs.purposes;

// What a did:key stands for; nothing else is ever loaded.
async function documentLoader(url) {
	const did = url.split('#')[0];
	if (!did.startsWith('did:key:'))
		throw new Error('asked for ' + url);
	const key = did.slice('did:key:'.length);
	const method = {
		'@context': 'https://w3id.org/security/multikey/v1',
		id: did + '#' + key, type: 'Multikey', controller: did,
		publicKeyMultibase: key,
	};
	const controller = {
		'@context': 'https://www.w3.org/ns/did/v1', id: did,
		assertionMethod: [method.id], authentication: [method.id],
		verificationMethod: [method],
	};
	return {contextUrl: null, documentUrl: url,
		document: url.includes('#') ? method : controller};
}

async function holds(document, purpose) {
	const proofs = [document.proof].flat();
	const suite = proofs.map(() =>
		new DataIntegrityProof({cryptosuite: createVerifyCryptosuite()}));
	const result =
		await jsigs.verify(document, {suite, purpose, documentLoader});
	if (!result.verified && process.env.WHY)
		console.error(JSON.stringify(result.error ?? result, null, 1));
	return result.verified && result.results.length === proofs.length &&
		result.results.every(each => each.verified);
}

async function check(document) {
	const tokens = document.vp_token && Object.values(document.vp_token)[0];
	if (!tokens)
		return holds(document, new AssertionProofPurpose());
	const {challenge, domain} = tokens[0].proof;
	return await holds(tokens[0],
		new AuthenticationProofPurpose({challenge, domain})) &&
		await holds(tokens[0].verifiableCredential[0],
			new AssertionProofPurpose());
}

for (const file of process.argv.slice(2)) {
	let yes = false;
	try {
		yes = await check(JSON.parse(readFileSync(file, 'utf8')));
	} catch (error) {
		if (process.env.WHY)
			console.error(error);
	}
	console.log(`${yes ? 'yes' : 'no'} ${file}`);
}
