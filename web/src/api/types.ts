/** Names for the shapes of Kvasir's API, which are generated from its contract. */
import type { components } from './schema';

type Shapes = components['schemas'];

export type AnswerPath = Shapes['Path'];
/** How much an answer says. */
export type AnswerStyle = Shapes['Style'];
/** What is read whole of a scope that does not fit. */
export type ScopeSelection = Shapes['ScopeSelection'];
export type ContrastRequest = Shapes['Question'];
export type Summary = Shapes['Summary'];
/** Contrasts that follow one another. */
export type Conversation = Shapes['Conversation'];
export type Status = Shapes['Status'];

/** Everything recorded of one contrast, and the events by which it grows. */
export type Trace = Shapes['Trace'];
export type ContrastEvent = Shapes['Event'];
export type EncoderName = Shapes['Encoder'];
export type QuestionVector = Shapes['QuestionVector'];
export type Sampling = Shapes['Sampling'];
export type PathTrace = Shapes['PathTrace'];
export type Notice = Shapes['Notice'];
export type PromptTrace = Shapes['Prompt'];
/** What became of a prompt's keys and values in the database. */
export type StoredRows = NonNullable<PromptTrace['stored']>;
export type PromptPart = PromptTrace['parts'][number];
export type PartKind = PromptPart['kind'];
export type PassageTrace = Shapes['PassageTrace'];
export type TokenTrace = Shapes['Token'];
export type Timings = Shapes['Timings'];

/** What leaving passages out did to an answer's probability. */
export type Evidence = Shapes['Evidence'];
export type EvidenceEvent = Shapes['EvidenceEvent'];
export type TokenEvidence = Evidence['tokens'][number];
export type PassageEvidence = Evidence['passages'][number];
/** Where an answer's token has its probability from. */
export type KnowledgeOrigin = TokenEvidence['origin'];

/** What tokens attended to, and which attention is asked for. */
export type Attention = Shapes['Attention'];
export type AttentionRequest = Shapes['AttentionQuestion'];
/** What could have been written at every token of an answer. */
export type NextTokens = Shapes['NextTokens'];
/** What can be left out of a prompt, and what is answered without it. */
export type PromptSentences = Shapes['PromptSentences'];
export type TokenStretch = Shapes['TokenStretch'];
export type AnswerWithout = Shapes['AnswerWithout'];
export type HeadStep = NonNullable<Attention['step']>;

export type DocumentCollection = Shapes['Collection'];
/** Keys and values of prompts that are kept of a collection. */
export type Memory = Shapes['Memory'];
export type ValueKind = Shapes['ValueKind'];
export type ExampleQuestion = Shapes['ExampleQuestion'];
export type DocumentEntry = Shapes['Document'];
export type DocumentText = Shapes['DocumentText'];
export type DocumentPassage = Shapes['Passage'];
/** What somebody changed of a passage by hand. */
export type Correction = Shapes['Correction'];
export type Section = Shapes['Section'];
/** What retrieval finds for a question, without an answer. */
export type Search = Shapes['Search'];
export type SearchQuestion = Shapes['SearchQuestion'];
export type Fit = Shapes['Fit'];
export type Job = Shapes['Job'];
export type FileStatus = Job['files'][number];
export type Refresh = Shapes['Refresh'];

/** Labelled questions asked in several ways. */
export type Experiment = Shapes['Experiment'];
export type ExperimentOrder = Shapes['ExperimentOrder'];
export type ExperimentResults = Shapes['ExperimentResults'];
export type ExperimentRow = Experiment['plan']['rows'][number];
export type MarkedQuestion = Shapes['MarkedQuestion'];
export type LabelledQuestion = ExperimentResults['questions'][number];
export type ExperimentResult = ExperimentResults['results'][number];

export type ModelStatus = Shapes['Model'];
export type ModelState = ModelStatus['state'];

export type Limits = Shapes['Limits'];
export type DocumentFormat = Shapes['DocumentFormat'];
