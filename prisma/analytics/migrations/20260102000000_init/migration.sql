-- CreateEnum
CREATE TYPE "Answer" AS ENUM ('PENDING', 'YES', 'NO', 'MAYBE', 'REVOKED');

-- CreateTable
CREATE TABLE "invitation_answer" (
    "invitation_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "answer" "Answer" NOT NULL,
    "headcount" INTEGER NOT NULL,
    "sequence" BIGINT NOT NULL,

    CONSTRAINT "invitation_answer_pkey" PRIMARY KEY ("invitation_id"),
    CONSTRAINT "invitation_answer_headcount" CHECK ("headcount" >= 0)
);

-- CreateTable
CREATE TABLE "event_dashboard" (
    "event_id" UUID NOT NULL,
    "invited" INTEGER NOT NULL,
    "yes" INTEGER NOT NULL,
    "no" INTEGER NOT NULL,
    "maybe" INTEGER NOT NULL,
    "headcount" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_dashboard_pkey" PRIMARY KEY ("event_id"),
    CONSTRAINT "event_dashboard_answers" CHECK ("yes" >= 0 AND "no" >= 0 AND "maybe" >= 0 AND "yes" + "no" + "maybe" <= "invited"),
    CONSTRAINT "event_dashboard_headcount" CHECK ("headcount" >= 0)
);

-- CreateIndex
CREATE INDEX "invitation_answer_of_event" ON "invitation_answer"("event_id");
