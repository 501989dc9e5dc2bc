-- CreateTable
CREATE TABLE "gallery" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "version" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "gallery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "gallery_of_event" ON "gallery"("event_id");
