/** English: the frame and asking. */
export const pages = {
  'app.tagline': 'One question, three ways, the same weights',

  'nav.ask': 'Ask',
  'nav.library': 'Library',
  'nav.history': 'History',
  'nav.experiments': 'Experiments',
  'nav.models': 'Models',
  'nav.label': 'Screens',
  'nav.skip': 'Skip to content',

  'theme.system': 'Theme: as the system',
  'theme.light': 'Theme: light',
  'theme.dark': 'Theme: dark',

  'locale.switch': '切换到简体中文',

  'ask.intro':
    'One question, one model, three ways to answer it: from its weights alone, from passages that a search found, and from passages that it reads through itself. For every word you see what it looked at.',

  'tour.start': 'Four steps of one word',
  'tour.next': 'Next',
  'tour.back': 'Back',
  'tour.skip': 'Leave the tour',
  'tour.done': 'Done',
  'tour.word': 'One word',
  'tour.word.about':
    'Of this answer, take “{word}”: the passages have a part in it. What follows is about this one word.',
  'tour.query': '1 Query: what is looked for',
  'tour.query.about':
    'RAG turned the question into one vector before anything was read. Inside the decoder every head makes a query of its own, here for “{word}”.',
  'tour.similarity': '2 Similarity: how well it fits',
  'tour.similarity.about':
    'Both compare their query with keys: RAG with one vector for each passage, attention with one key for each token that was read.',
  'tour.selection': '3 Selection: what is taken',
  'tour.selection.about':
    'RAG sorts and cuts: a passage is in or out. Attention cuts nothing: softmax gives every token a share, and all shares add up to one.',
  'tour.content': '4 Content: what comes back',
  'tour.content.about':
    'RAG puts the text of its passages into the prompt. Attention adds up the values of the tokens, each by its share; out of that sum came “{word}”.',
  'tour.together': 'The same look-up, twice',
  'tour.together.about':
    'Query, similarity, selection, content: RAG does it once, outside the model and over passages; attention does it again for every word, inside and over tokens. These bars show what “{word}” took. Point at any other word to see its own.',

  'ask.placeholder': 'Ask your documents a question…',
  'ask.question': 'Question',
  'ask.ask': 'Ask',
  'ask.stop': 'Stop',
  'ask.hint': 'Enter to ask, Shift+Enter for a new line',
  'ask.try': 'Try',
  'ask.try.more': '{n} more',
  'ask.try.few': 'Fewer',
  'ask.collection': 'Collection',
  'ask.collection.none': 'No collection yet',
  'ask.scope': 'Scope',
  'ask.scope.all': 'whole collection',
  'ask.scope.some': '{n} chosen',
  'ask.scope.passages': '{n} passage|{n} passages',
  'ask.scope.clear': 'Choose everything',
  'ask.scope.about':
    'Attention reads the passages of the scope, whole, as far as the budget holds. Retrieval searches the same scope.',
  'ask.scope.find': 'Find a document or chapter',
  'ask.scope.only': 'Only over',
  'ask.scope.example': 'Scope of this example',
  'ask.scope.remove': 'take out of the scope',
  'ask.scope.more': 'and {n} more',
  'ask.scope.sections': 'Documents and chapters',
  'ask.scope.fits': '{passages} passages, {tokens} of {budget} tokens: all of it fits the budget',
  'ask.scope.over':
    'Attention would read {fitting} of {passages} passages, those that retrieval ranks first: more do not fit its budget of {budget} tokens',
  'ask.retrieval': 'Retrieval',
  'ask.retrieval.about':
    'Passages are found by meaning ({encoder}) and by words. RAG puts the first k into its prompt, attention reads the scope, both as far as the budget holds. Unless k is set, it is what suits the decoder.',
  'ask.decoder': 'Decoder',
  'ask.style': 'Answer',
  'style.short': 'a few words',
  'style.answer': 'a sentence or three',
  'style.full': 'in full',
  'ask.decoder.none': 'No decoder is loaded',
  'ask.sampling': 'Sampling',
  'ask.sampling.greedy': 'greedy',
  'ask.sampling.changed': '{n} changed',
  'ask.sampling.reset': 'Reset',
  'ask.sampling.same': 'The same for every path, so that the lanes differ only in what they read.',
  'ask.follow': 'Ask a follow-up…',
  'ask.follow.label': 'Follow-up question',
  'ask.follow.of': 'As in this conversation',
  'ask.opening': 'Opening',
  'compare.title': 'Compare',
  'compare.about':
    'The same question once more, by another decoder or with other settings. What answers stands beside this answer, and follow-ups go to both.',
  'compare.same': 'Change something first: nothing differs yet.',
  'compare.k.usual': 'as usual',
  'compare.with': 'compared with {side}',
  'side.first': 'first',
  'side.second': 'second',
  'side.style.none': 'no style',
  'side.k.usual': 'k as usual',
  'side.budget': '{n} tokens of passages',
  'side.temperature': 'temperature {n}',
  'side.seed': 'seed {n}',
  'side.maxTokens': 'at most {n} tokens',
  'ask.new': 'New question',
  'ask.again': 'Regenerate',
  'ask.edit': 'Edit',
  'ask.edit.first': 'The question is asked anew; this answer stays in the history.',
  'ask.edit.branch':
    'A conversation branches off here: what came before stays, what came after stays in the old one.',
  'ask.example': 'Stored example',
  'ask.example.share':
    'RAG and Attention take the same four steps, outside the model and inside it: see both side by side.',
  'ask.example.about':
    'An answered question that came with the page. Ask your own, or point at a word of an answer to see what it looked at.',
  'ask.example.pending': 'The page could not load its example.',
  'ask.language':
    '{model} does not speak {language}, the language of this collection. Its answers will disappoint.',
  'ask.language.use': 'Use {model}',
  'ask.language.load': 'Load {model}',
  'ask.language.get': 'Get {model}',
  'ask.language.none': 'No decoder that speaks it is in the catalogue.',
  'ask.earlier': 'Earlier in this conversation',
  'ask.empty.library': 'There is no collection yet. Only the closed-book path can answer.',
  'ask.empty.library.go': 'Add documents',
  'ask.gone': '{name} (gone)',
  'ask.off.no-paths': 'No path is ticked, so nothing would answer. Tick at least one to ask.',
  'ask.off.no-model': 'No decoder is loaded, so nothing can answer.',
  'ask.off.models': 'Go to the models',
  'ask.off.collection-gone':
    'The collection “{collection}” is no longer in the library. Choose another one, or add its documents again.',
  'ask.off.collection-gone.follow':
    'This conversation is about the collection “{collection}”, which is no longer in the library. Ask a new question of another one, or add its documents again under that name.',
  'ask.off.model-gone':
    'The decoder “{model}” is no longer on the server. Choose another one, or get it again.',
  'ask.off.model-gone.follow':
    'This conversation was answered by the decoder “{model}”, which is no longer on the server. Ask a new question of another one, or get it again.',
  'ask.off.model-not-loaded':
    '{model} cannot answer yet: {state}. Choose another decoder, or load it.',
  'ask.off.model-not-loaded.follow':
    'This conversation was answered by {model}, which cannot answer now: {state}. Load it, or ask a new question of another decoder.',

  'sampling.temperature': 'Temperature',
  'sampling.topP': 'Top-p',
  'sampling.topK': 'Top-k',
  'sampling.minP': 'Min-p',
  'sampling.repetitionPenalty': 'Repetition penalty',
  'sampling.presencePenalty': 'Presence penalty',
  'sampling.frequencyPenalty': 'Frequency penalty',
  'sampling.seed': 'Seed',
  'sampling.maxTokens': 'Most tokens',
  'sampling.stop': 'Stop at (one per line)',
  'sampling.k': 'Passages for RAG (k)',
  'sampling.budget': 'Budget, tokens of passages',

  'ask.export': 'Export',

  'share.title': 'Share',
  'share.page': 'Web page',
  'share.page.about':
    'One HTML file that replays the answers and shows the evidence, without a network.',
  'share.data': 'Data',
  'share.data.about': 'The whole trace as JSON.',
  'share.busy': 'Putting the page together…',
  'share.about': 'an exported contrast',
  'share.foot':
    'Asked on {time}. This file holds everything it shows and loads nothing. Made with Kvasir.',
  'share.inside': 'In this file',
  'share.inside.trace': 'the answers, prompts and passages, and what each word attended to',
  'share.inside.words': 'which words of the passages were attended: {paths}',
  'share.inside.no.words': 'without the words of the passages that were attended',
  'share.inside.tests': 'what leaving passages out did: {paths}',
  'share.inside.no.tests': 'without a test whether the passages mattered',
  'share.inside.lookups':
    '{n} look-up with the queries and scores of heads|{n} look-ups with the queries and scores of heads',
  'share.inside.no.lookups': 'without the queries and scores of heads',

  'replay.start': 'Replay as it happened · {time}',
  'replay.label': 'Replay',
  'replay.play': 'Play',
  'replay.pause': 'Pause',
  'replay.time': 'Time since the question',
  'replay.speed': 'Speed',
  'replay.end': 'End the replay',

  'key.title': 'Key',
  'key.missing': 'This server asks for a key. Its operator makes one with: kvasir keys create NAME',
  'key.unknown': 'The server does not know that key. It may have been revoked.',
  'key.shared':
    'Whoever has a key to this server can read, continue and delete all contrasts and documents, yours too.',
  'key.give': 'Use this key',

  'failure.title': 'That did not work',
  'failure.unreachable':
    'Kvasir cannot be reached. See whether it runs (kvasir status), then try again.',
  'failure.screen':
    'This screen could not be drawn. Try again; if it fails again, reload the page.',
  'failure.retry': 'Try again',
  'failure.close': 'Close',

  'problem.400': '{said}',
  'problem.404': '{said}',
  'problem.409': '{said}',
  'problem.413': '{said}',
  'problem.429': '{said}',
  'problem.503': '{said}',

  'nowhere.title': 'There is nothing here',
  'nowhere.address':
    'This address leads to no screen of Kvasir. It may have been cut short or mistyped.',
  'nowhere.contrast':
    'There is no contrast at this address. It may have been deleted, it may be on another server, or the address was cut short.',
  'nowhere.experiment':
    'There is no experiment at this address. It may have been deleted, it may be on another server, or the address was cut short.',
  'nowhere.ask': 'Ask a question',
  'nowhere.history': 'Look through the history',

  'list.and': ', ',
} as const;
