-- CreateEnum
CREATE TYPE "Channel" AS ENUM ('EMAIL');

-- CreateEnum
CREATE TYPE "NotificationKind" AS ENUM ('INVITATION');

-- CreateEnum
CREATE TYPE "NotificationStatus" AS ENUM ('PENDING', 'SENT', 'FAILED');

-- CreateTable
CREATE TABLE "notification" (
    "id" UUID NOT NULL,
    "kind" "NotificationKind" NOT NULL,
    "subject_id" UUID NOT NULL,
    "channel" "Channel" NOT NULL,
    "event_id" UUID NOT NULL,
    "recipient" TEXT NOT NULL,
    "recipient_name" TEXT NOT NULL,
    "link_secret" TEXT,
    "status" "NotificationStatus" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "failure" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "version" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "notification_attempts" CHECK ("attempts" BETWEEN 0 AND 8),
    CONSTRAINT "notification_sent_at" CHECK (("status" = 'SENT') = ("sent_at" IS NOT NULL)),
    -- A secret that has done its work is not kept.
    CONSTRAINT "notification_link_secret" CHECK ("status" = 'PENDING' OR "link_secret" IS NULL)
);

-- CreateIndex
CREATE INDEX "notification_due" ON "notification"("status", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "notification_once" ON "notification"("kind", "subject_id", "channel");
