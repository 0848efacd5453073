"""A question and its answer in each row, as FAQ tables have them in many languages.

A `context` column, where there is one, is put before the question, with a blank line between.
"""

from __future__ import annotations

from ftdata.layouts.table import Table, layout_of

QUESTIONS = (
    *("question", "questions", "Q", "question_text", "user_question", "customer_question", "FAQ"),
    *("Frage", "Fragen", "question posée", "pregunta", "preguntas", "pergunta", "domanda", "vraag"),
    *("pytanie", "вопрос", "питання", "fråga", "spørgsmål", "spørsmål", "kysymys", "otázka"),
    *("kérdés", "întrebare", "soru", "ερώτηση", "câu hỏi", "pertanyaan", "คำถาม"),
    *(
        "질문",
        "问题",
        "問題",
        "提问",
        "问",
        "問",
        "質問",
        "السؤال",
        "سؤال",
        "پرسش",
        "שאלה",
        "प्रश्न",
        "सवाल",
    ),
)
ANSWERS = (
    *("answer", "answers", "A", "answer_text", "best_answer", "reply"),
    *("Antwort", "Antworten", "réponse", "reponse", "respuesta", "respuestas", "resposta"),
    *("risposta", "antwoord", "odpowiedź", "ответ", "відповідь", "svar", "vastaus", "odpověď"),
    *("válasz", "răspuns", "cevap", "yanıt", "απάντηση", "câu trả lời", "trả lời", "jawaban"),
    *("คำตอบ", "답변", "대답", "답", "答案", "回答", "答复", "答", "答え"),
    *("الإجابة", "إجابة", "الجواب", "جواب", "پاسخ", "תשובה", "उत्तर", "जवाब"),
)

TABLE = Table(
    name="question-answer",
    user=QUESTIONS,
    assistant=ANSWERS,
    context=("context", "Kontext", "contexte", "contexto", "passage", "上下文", "문맥"),
    system=("system", "system_prompt"),
    joint="\n\n",
    context_first=True,
)

LAYOUT = layout_of(TABLE, "tables of questions and answers: question, answer, and their like")
