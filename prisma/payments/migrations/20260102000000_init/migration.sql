-- CreateEnum
CREATE TYPE "PaymentStatus" AS ENUM ('CREATED', 'REQUIRES_ACTION', 'PROCESSING', 'AUTHORIZED', 'CAPTURED', 'FAILED', 'CANCELED');

-- CreateTable
CREATE TABLE "payment" (
    "id" UUID NOT NULL,
    "payer_id" UUID NOT NULL,
    "checkout_id" UUID NOT NULL,
    "status" "PaymentStatus" NOT NULL DEFAULT 'CREATED',
    "amount" BIGINT NOT NULL,
    "captured" BIGINT NOT NULL DEFAULT 0,
    "refunded" BIGINT NOT NULL DEFAULT 0,
    "currency" CHAR(3) NOT NULL,
    "provider" TEXT NOT NULL,
    "reference" TEXT,
    "version" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "payment_amount" CHECK ("amount" > 0),
    CONSTRAINT "payment_balance" CHECK (0 <= "refunded" AND "refunded" <= "captured" AND "captured" <= "amount"),
    CONSTRAINT "payment_captured" CHECK ("captured" = 0 OR "status" = 'CAPTURED'),
    CONSTRAINT "payment_currency" CHECK ("currency" ~ '^[A-Z]{3}$')
);

-- CreateIndex
CREATE UNIQUE INDEX "payment_of_checkout" ON "payment"("checkout_id");

-- CreateIndex
CREATE INDEX "payment_of_payer" ON "payment"("payer_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "payment_of_provider" ON "payment"("provider", "reference");
